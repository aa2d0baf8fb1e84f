import { Text } from '@mantine/core'
import type { TimelineEntry } from '../api/queries.ts'
import { StateBadge } from '../shared/state-badge.tsx'
import styles from './timeline.module.css'

type Effect = TimelineEntry['work'][number]['effects'][number]
type Look = keyof typeof MARKS | 'failed' | 'unknown'

/** What became of one thing that was to be written, and what to do where it failed. */
export function Step({ step }: { readonly step: Effect }) {
  const look = lookOf(step)
  return (
    <Text size="sm" component="div" className={styles.step} data-look={look}>
      {look === 'failed' || look === 'unknown' ? (
        <StateBadge state={look} />
      ) : (
        <span aria-hidden="true" className={styles.mark}>
          {MARKS[look]}
        </span>
      )}
      <span>
        {step.says}
        {step.remedy !== null && ` ${step.remedy}`}
        {look === 'dealt' && ' A person has dealt with it.'}
      </span>
    </Text>
  )
}

const MARKS = { done: '✓', open: '◷', dealt: '–' } as const

function lookOf({ delivery, state, isDismissed }: Effect): Look {
  if (isDismissed) return 'dealt'
  if (delivery === 'failed' || state === 'gave_up') return 'failed'
  if (state === 'unknown') return 'unknown'
  return state === 'done' ? 'done' : 'open'
}
