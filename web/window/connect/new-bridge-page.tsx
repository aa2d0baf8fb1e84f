import { useQuery } from '@tanstack/react-query'
import { PATHS } from '../paths.ts'
import { Empty } from '../shared/empty.tsx'
import { PageButton } from '../shared/link.tsx'
import { LoadProblem } from '../shared/load-problem.tsx'
import { Loading } from '../shared/loading.tsx'
import { Page } from '../shared/page.tsx'
import { freshDraft } from './bridge-draft.ts'
import { BridgeForm } from './bridge-form.tsx'
import { connectionsQuery } from './connect-queries.ts'

/** The last step of set-up: what crosses between two connected accounts. */
export function NewBridgePage() {
  const setUp = useQuery(connectionsQuery)
  const draft = setUp.data === undefined ? null : freshDraft(setUp.data.connections)
  return (
    <Page
      title="Choose what crosses"
      intro="All but the accounts and the name can be changed later."
    >
      {setUp.isPending && <Loading rows={6} />}
      {setUp.isError && setUp.data === undefined && (
        <LoadProblem error={setUp.error} retry={() => void setUp.refetch()} />
      )}
      {setUp.data !== undefined && draft === null && (
        <Empty title="An account is missing">
          A bridge needs a Zendesk and a Klaviyo account.
          <br />
          <PageButton to={PATHS.connections} mt="md">
            Connect them
          </PageButton>
        </Empty>
      )}
      {setUp.data !== undefined && draft !== null && (
        <BridgeForm connections={setUp.data.connections} draft={draft} isNew isComplete={false} />
      )}
    </Page>
  )
}
