import { Button, Group, Text } from '@mantine/core'
import { Fragment, useEffect, useState } from 'react'
import type { Conversation, TimelineEntry } from '../api/queries.ts'
import { Entry } from './entry.tsx'
import { idOfEntry, isEcho, lastProblem } from './entry-place.ts'
import styles from './timeline.module.css'
import { TimelineJumps } from './timeline-jumps.tsx'

type Props = {
  readonly conversation: Conversation
  readonly entries: readonly TimelineEntry[]
}

/** What happened, newest last, in the order in which Replyline learned of it. It opens at what matters now. */
export function Timeline({ conversation, entries }: Props) {
  const [isAll, setAll] = useState(false)
  const shown = isAll ? entries : entries.filter((entry) => !isEcho(entry))
  const hidden = entries.length - entries.filter((entry) => !isEcho(entry)).length
  const isWell = conversation.state !== 'failed' && conversation.state !== 'unknown'
  const problem = isWell ? undefined : lastProblem(shown)
  const places = { oldest: shown[0], problem, newest: shown.at(-1) }
  useOpeningAt(problem ?? places.newest)
  return (
    <>
      <ol className={styles.timeline} aria-label="Timeline">
        {shown.map((entry, index) => (
          <Fragment key={entry.id}>
            <DayMark entry={entry} before={shown[index - 1]} />
            <Entry entry={entry} bridge={conversation.bridge} />
          </Fragment>
        ))}
      </ol>
      {hidden > 0 && (
        <Group justify="center">
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            onClick={() => setAll(!isAll)}
            title="Replyline's own comments and notes, coming back from Zendesk"
          >
            {isAll ? 'Hide our own writes' : `Show all (${hidden} of our own writes hidden)`}
          </Button>
        </Group>
      )}
      {shown.length > LONG && <TimelineJumps {...places} />}
    </>
  )
}

/** More entries than a screen holds. */
const LONG = 6

/** Brings an entry into view once, when the timeline first appears. */
function useOpeningAt(entry: TimelineEntry | undefined): void {
  const [first] = useState(entry)
  useEffect(() => {
    if (first === undefined) return
    const frame = requestAnimationFrame(() =>
      document.getElementById(idOfEntry(first))?.scrollIntoView({ block: 'nearest' }),
    )
    return () => cancelAnimationFrame(frame)
  }, [first])
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
