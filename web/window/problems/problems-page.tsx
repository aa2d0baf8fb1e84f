import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { overviewQuery, problemsQuery } from '../api/queries.ts'
import { PATHS } from '../paths.ts'
import { Empty } from '../shared/empty.tsx'
import { PageLink } from '../shared/link.tsx'
import { LoadProblem } from '../shared/load-problem.tsx'
import { Loading } from '../shared/loading.tsx'
import { Page } from '../shared/page.tsx'
import { ProblemCard } from './problem-card.tsx'

/** What failed and waits for a person, newest first. */
export function ProblemsPage() {
  const found = useQuery(problemsQuery)
  const problems = found.data?.problems ?? []
  return (
    <Page
      title="Problems"
      intro="What did not go well and will not mend itself. A text that failed is also told to its agent on the ticket; it leaves this list when a later answer goes out."
    >
      {found.isPending && <Loading rows={4} />}
      {found.isError && found.data === undefined && (
        <LoadProblem error={found.error} retry={() => void found.refetch()} />
      )}
      {found.isSuccess && problems.length === 0 && <NoProblem />}
      <Stack gap="sm">
        {problems.map((problem) => (
          <ProblemCard key={problem.id} problem={problem} />
        ))}
      </Stack>
    </Page>
  )
}

function NoProblem() {
  const overview = useQuery(overviewQuery)
  if (overview.data === undefined) return null
  return overview.data.bridges.some(({ isActive }) => isActive) ? (
    <Empty title="Nothing failed">
      Nothing waits for a person. What is still under way is on the{' '}
      <PageLink to={PATHS.overview} inherit>
        overview
      </PageLink>
      .
    </Empty>
  ) : (
    <Empty title="Nothing crosses yet">
      Nothing can fail before Zendesk and Klaviyo are joined. See{' '}
      <PageLink to={PATHS.connections} inherit>
        Connections
      </PageLink>
      .
    </Empty>
  )
}
