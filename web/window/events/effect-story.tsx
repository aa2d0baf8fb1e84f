import { Code, Text } from '@mantine/core'
import type { EventStory } from '../api/queries.ts'
import { Time } from '../shared/time.tsx'

type Props = { readonly effect: EventStory['work'][number]['effects'][number] }

/** What became of one intention to write, what can be done where it failed, and every try at it. */
export function EffectStory({ effect }: Props) {
  const { kind, says, remedy, attempts } = effect
  return (
    <div>
      <Text size="sm" mt={6} {...(remedy === null ? {} : { fw: 600 })}>
        {says}
      </Text>
      {remedy !== null && <Text size="sm">{remedy}</Text>}
      {attempts.map((attempt) => (
        <Text key={attempt.startedAt} size="xs" c="dimmed" component="div">
          <Time at={attempt.startedAt} /> <Code fz="xs">{kind}</Code>{' '}
          {attempt.outcome ?? 'under way'}
          {attempt.status === null ? '' : ` (HTTP ${attempt.status})`}
          {attempt.detail === null ? '' : `: ${attempt.detail}`}
        </Text>
      ))}
    </div>
  )
}
