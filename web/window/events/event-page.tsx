import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { hasStatus } from '../api/problem.ts'
import { eventQuery } from '../api/queries.ts'
import { PATHS } from '../paths.ts'
import { Empty } from '../shared/empty.tsx'
import { useIdInAddress } from '../shared/id-in-address.ts'
import { PageLink } from '../shared/link.tsx'
import { LoadProblem } from '../shared/load-problem.tsx'
import { Loading } from '../shared/loading.tsx'
import { Page } from '../shared/page.tsx'
import { EventCard } from './event-card.tsx'
import { LookUpForm } from './look-up-form.tsx'

/** Every event that an id leads to, newest first. */
export function EventPage() {
  const id = useIdInAddress()
  const found = useQuery(eventQuery(id))
  const isUnknown = hasStatus(found.error, 404) || hasStatus(found.error, 400)
  return (
    <Page title="Look up an id" intro="What happened to it, and why.">
      <LookUpForm id={id} />
      {found.isPending && <Loading rows={3} />}
      {isUnknown && (
        <Empty title="No event has this id">
          Nothing that Replyline stored leads here. A text that Klaviyo never delivered to Replyline
          is not known either: see the overview for when the last one came in.
          <br />
          <PageLink to={PATHS.conversations} search={{ search: id }} inherit>
            Search conversations for “{id}”
          </PageLink>
        </Empty>
      )}
      {found.isError && !isUnknown && found.data === undefined && (
        <LoadProblem error={found.error} retry={() => void found.refetch()} />
      )}
      <Stack gap="sm">
        {!isUnknown &&
          found.data?.events.map((event) => <EventCard key={event.id} event={event} />)}
      </Stack>
    </Page>
  )
}
