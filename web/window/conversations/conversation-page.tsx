import { Button, Group } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { hasStatus } from '../api/problem.ts'
import { conversationQuery } from '../api/queries.ts'
import { PATHS } from '../paths.ts'
import { Empty } from '../shared/empty.tsx'
import { useIdInAddress } from '../shared/id-in-address.ts'
import { PageLink } from '../shared/link.tsx'
import { LoadProblem } from '../shared/load-problem.tsx'
import { Loading } from '../shared/loading.tsx'
import { Page } from '../shared/page.tsx'
import { ConversationHead } from './conversation-head.tsx'
import { Timeline } from './timeline.tsx'

/** One conversation, from its first text to what happened last. */
export function ConversationPage() {
  const id = useIdInAddress()
  const found = useInfiniteQuery(conversationQuery(id))
  if (found.isPending) return <Loading rows={8} />
  if (hasStatus(found.error, 400) || hasStatus(found.error, 404)) return <Gone />
  const newest = found.data?.pages[0]
  if (newest === undefined)
    return <LoadProblem error={found.error} retry={() => void found.refetch()} />
  const { conversation } = newest
  const entries = found.data?.pages.toReversed().flatMap(({ timeline }) => timeline) ?? []
  return (
    <Page
      title={conversation.customerName ?? conversation.customerNumber ?? 'Conversation'}
      intro={<PageLink to={PATHS.conversations}>All conversations</PageLink>}
    >
      <ConversationHead {...newest} />
      {found.hasNextPage && (
        <Group justify="center">
          <Button
            variant="default"
            size="xs"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            Show what happened before
          </Button>
        </Group>
      )}
      {entries.length === 0 ? (
        <NothingKept />
      ) : (
        <Timeline key={id} conversation={conversation} entries={entries} />
      )}
    </Page>
  )
}

function Gone() {
  return (
    <Empty title="There is no such conversation">
      It may have been removed with its bridge. See{' '}
      <PageLink to={PATHS.conversations}>all conversations</PageLink>.
    </Empty>
  )
}

function NothingKept() {
  return <Empty title="Nothing of this conversation is kept any more" />
}
