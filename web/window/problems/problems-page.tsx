import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { failuresQuery } from '../api/queries.ts'
import { EventCard } from '../events/event-card.tsx'
import { Empty } from '../shared/empty.tsx'
import { LoadProblem } from '../shared/load-problem.tsx'
import { Loading } from '../shared/loading.tsx'
import { Page } from '../shared/page.tsx'

/** What failed and waits for a person, newest first. */
export function ProblemsPage() {
  const failures = useQuery(failuresQuery)
  const events = failures.data?.events ?? []
  return (
    <Page
      title="Problems"
      intro="What did not go well and will not mend itself. A text that failed is also told to its agent on the ticket; it leaves this list when a later answer goes out."
    >
      {failures.isPending && <Loading rows={4} />}
      {failures.isError && failures.data === undefined && (
        <LoadProblem error={failures.error} retry={() => void failures.refetch()} />
      )}
      {failures.isSuccess && events.length === 0 && (
        <Empty title="Nothing failed">Every text, answer and event got where it belongs.</Empty>
      )}
      <Stack gap="sm">
        {events.map((event) => (
          <EventCard key={event.id} event={event} />
        ))}
      </Stack>
    </Page>
  )
}
