import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { overviewQuery } from '../api/queries.ts'
import { PATHS } from '../paths.ts'
import { Empty } from '../shared/empty.tsx'
import { PageButton } from '../shared/link.tsx'
import { LoadProblem } from '../shared/load-problem.tsx'
import { Loading } from '../shared/loading.tsx'
import { Page } from '../shared/page.tsx'
import { BridgeCard } from './bridge-card.tsx'

/** Is everything connected, is anything stuck, and when did the last message cross. */
export function OverviewPage() {
  const overview = useQuery(overviewQuery)
  return (
    <Page title="Overview" intro="Whether texts and answers cross, and what needs a person.">
      {overview.isPending && <Loading rows={5} />}
      {overview.isError && overview.data === undefined && (
        <LoadProblem error={overview.error} retry={() => void overview.refetch()} />
      )}
      {overview.data?.bridges.length === 0 && <NotConnected />}
      <Stack gap="lg">
        {overview.data?.bridges.map((bridge) => (
          <BridgeCard key={bridge.id} bridge={bridge} />
        ))}
      </Stack>
    </Page>
  )
}

function NotConnected() {
  return (
    <Empty title="Nothing is connected yet">
      A bridge joins one Zendesk and one Klaviyo account. From then on a customer's text becomes a
      ticket, and the agent's answer becomes a text.
      <br />
      <PageButton to={PATHS.connections} mt="md">
        Connect Zendesk and Klaviyo
      </PageButton>
    </Empty>
  )
}
