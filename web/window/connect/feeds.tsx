import { Text } from '@mantine/core'
import { Time } from '../shared/time.tsx'
import type { Connection } from './connect-queries.ts'

type Feed = Connection['feeds'][number]

/** How far the account itself was read for what its webhook lost. */
export function Feeds({ feeds }: Pick<Connection, 'feeds'>) {
  return feeds.map((feed) => (
    <Text key={feed.name} size="sm" c="dimmed" component="div">
      Read for what webhooks lost until <Time at={feed.readUntil} />: {foundWords(feed)}
      {feed.problem !== null && (
        <Text inherit c="var(--mantine-color-text)">
          The last read failed: {feed.problem}. It is tried again by itself.
        </Text>
      )}
    </Text>
  ))
}

function foundWords({ found }: Feed): string {
  if (found === 0) return 'every event had come by webhook.'
  return found === 1
    ? '1 event that no webhook had brought.'
    : `${found} events that no webhook had brought.`
}
