import { Text } from '@mantine/core'
import { Fragment } from 'react'
import type { TimelineEntry } from '../api/queries.ts'
import { Entry } from './entry.tsx'
import styles from './timeline.module.css'

/** What happened, in the order in which Replyline learned of it, newest last. */
export function Timeline({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  return (
    <ol className={styles.timeline} aria-label="Timeline">
      {entries.map((entry, index) => (
        <Fragment key={entry.id}>
          <DayMark entry={entry} before={entries[index - 1]} />
          <Entry entry={entry} />
        </Fragment>
      ))}
    </ol>
  )
}

type DayProps = {
  readonly entry: TimelineEntry
  readonly before: TimelineEntry | undefined
}

/** Stands where a day begins. */
function DayMark({ entry, before }: DayProps) {
  const day = dayOf(entry.eventAt)
  if (before !== undefined && dayOf(before.eventAt) === day) return null
  return (
    <Text component="li" size="xs" c="dimmed" fw={600} className={styles.day}>
      {day}
    </Text>
  )
}

function dayOf(at: string): string {
  return new Date(at).toLocaleDateString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
}
