import { Group, Text } from '@mantine/core'
import type { EventStory } from '../api/queries.ts'
import { AttemptList } from '../shared/attempt-list.tsx'
import { StateBadge } from '../shared/state-badge.tsx'

type Props = { readonly effect: EventStory['work'][number]['effects'][number] }

/** What became of one intention to write, what can be done where it failed, and every try at it. */
export function EffectStory({ effect }: Props) {
  const { kind, says, remedy, attempts, isDismissed } = effect
  return (
    <div>
      <Group gap="xs" mt={6}>
        <Text size="sm" {...lookOf(effect)}>
          {says}
        </Text>
        {isDismissed && <StateBadge state="fine" word="Dealt with" />}
      </Group>
      {remedy !== null && <Text size="sm">{remedy}</Text>}
      <AttemptList attempts={attempts} kind={kind} isFolded />
    </div>
  )
}

/** What failed stands out, unless a person has dealt with it. */
function lookOf({ remedy, isDismissed }: Props['effect']) {
  if (isDismissed) return { c: 'dimmed' }
  return remedy === null ? {} : { fw: 600 }
}
