import { Button, Group } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { conversationsQuery } from '../api/queries.ts'
import { PATHS } from '../paths.ts'
import { Empty } from '../shared/empty.tsx'
import { PageLink } from '../shared/link.tsx'
import { LoadProblem } from '../shared/load-problem.tsx'
import { Loading } from '../shared/loading.tsx'
import { Page } from '../shared/page.tsx'
import { ConversationList } from './conversation-list.tsx'
import { ConversationsFilter } from './conversations-filter.tsx'
import { useNarrowed } from './narrowed.ts'

/** Every conversation, found by whatever a person has at hand. */
export function ConversationsPage() {
  const [{ search = '', bridge, state }] = useNarrowed()
  const found = useInfiniteQuery(conversationsQuery({ search, bridge, state }))
  const rows = found.data?.pages.flatMap(({ conversations }) => conversations) ?? []
  const isNarrowed = search !== '' || bridge !== undefined || state !== undefined
  return (
    <Page
      title="Conversations"
      intro="One customer number and one number of yours, newest activity first."
    >
      <ConversationsFilter />
      {found.isPending && <Loading rows={8} />}
      {found.isError && <LoadProblem error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && rows.length === 0 && (isNarrowed ? <NothingFound /> : <NothingYet />)}
      {rows.length > 0 && (
        <ConversationList conversations={rows} isStale={found.isPlaceholderData} />
      )}
      {found.hasNextPage && (
        <Group justify="center">
          <Button
            variant="default"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            Show more
          </Button>
        </Group>
      )}
    </Page>
  )
}

function NothingFound() {
  return (
    <Empty title="No conversation matches">
      Search by name (its start, or the start of its last word), phone number in any writing, the
      start of an e-mail address, a ticket number or a Klaviyo profile id. An id from a log or a
      platform is found under{' '}
      <PageLink to={PATHS.lookUp} inherit>
        Look up an id
      </PageLink>
      .
    </Empty>
  )
}

function NothingYet() {
  return (
    <Empty title="No conversation yet">
      One begins when a customer texts a number of yours in Klaviyo.
    </Empty>
  )
}
