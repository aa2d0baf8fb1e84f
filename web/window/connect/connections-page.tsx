import { SimpleGrid, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { LoadProblem } from '../shared/load-problem.tsx'
import { Loading } from '../shared/loading.tsx'
import { Page } from '../shared/page.tsx'
import { BridgesSection } from './bridges-section.tsx'
import { bridgesQuery, connectionsQuery } from './connect-queries.ts'
import { JustConnected } from './just-connected.tsx'
import { KlaviyoSection } from './klaviyo-section.tsx'
import { SetUpSteps } from './set-up-steps.tsx'
import { ZendeskSection } from './zendesk-section.tsx'

/** The accounts on both sides, the doors to them, and the bridges between. */
export function ConnectionsPage() {
  const setUp = useQuery(connectionsQuery)
  const bridges = useQuery(bridgesQuery)
  const failed = [setUp, bridges].find(({ isError, data }) => isError && data === undefined)
  return (
    <Page
      title="Connections"
      intro="Connect one account on each side, then choose what crosses between them."
    >
      {failed !== undefined && (
        <LoadProblem error={failed.error} retry={() => void failed.refetch()} />
      )}
      {failed === undefined && (setUp.data === undefined || bridges.data === undefined) && (
        <Loading rows={5} />
      )}
      {setUp.data !== undefined && bridges.data !== undefined && (
        <Stack gap="xl">
          <JustConnected connections={setUp.data.connections} />
          <SetUpSteps connections={setUp.data.connections} bridges={bridges.data.bridges} />
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
            <ZendeskSection setUp={setUp.data} />
            <KlaviyoSection setUp={setUp.data} />
          </SimpleGrid>
          <BridgesSection setUp={setUp.data} bridges={bridges.data.bridges} />
        </Stack>
      )}
    </Page>
  )
}
