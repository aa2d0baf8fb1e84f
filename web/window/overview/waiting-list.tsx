import { List, Text, Title } from '@mantine/core'
import type { BridgeOverview } from '../api/queries.ts'
import { PATHS } from '../paths.ts'
import { PageLink } from '../shared/link.tsx'
import { Time } from '../shared/time.tsx'
import { WithTimes } from '../shared/with-times.tsx'

/** What a bridge's work waits for, how much of it, and since when. */
export function WaitingList({ bridge }: { readonly bridge: BridgeOverview }) {
  return (
    <div>
      <Title order={3}>Waiting</Title>
      {bridge.waiting.length === 0 && (
        <Text size="sm" c="dimmed" mt={4}>
          Nothing waits.
        </Text>
      )}
      <List size="sm" mt={4} spacing={4} listStyleType="none">
        {bridge.waiting.map((group) => (
          <List.Item key={group.for}>
            <Text span inherit fw={600}>
              {group.count}
            </Text>
            : <WithTimes text={group.for} />; since <Time at={group.oldestAt} as="ago" />.{' '}
            <PageLink to={PATHS.event} params={{ id: group.oldestEventId }} inherit>
              Why?
            </PageLink>
          </List.Item>
        ))}
      </List>
      {bridge.waiting.length > 0 && (
        <PageLink
          to={PATHS.conversations}
          search={{ bridge: bridge.name, state: 'waiting' }}
          size="sm"
        >
          Conversations that wait
        </PageLink>
      )}
    </div>
  )
}
