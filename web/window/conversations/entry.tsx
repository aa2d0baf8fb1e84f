import { Group, Text } from '@mantine/core'
import type { TimelineEntry } from '../api/queries.ts'
import { Reason } from '../shared/reason.tsx'
import { StateBadge } from '../shared/state-badge.tsx'
import { Time } from '../shared/time.tsx'
import { EntryDetail } from './entry-detail.tsx'
import styles from './timeline.module.css'

type Work = TimelineEntry['work'][number]

/** One thing that happened: the words that were written, what was decided, and what became of it. */
export function Entry({ entry }: { readonly entry: TimelineEntry }) {
  const { says, text, side, state, work } = entry
  const isMessage = side !== 'between'
  if (!isMessage && state === 'fine') return <QuietEntry entry={entry} />
  return (
    <li className={styles.entry} data-side={side}>
      <div className={styles.body}>
        <Group gap="xs" justify="space-between" wrap="nowrap" align="flex-start">
          <Text size="sm" {...(isMessage ? { fw: 600 } : { c: 'dimmed' })}>
            {says}
          </Text>
          <Text size="xs" c="dimmed" component="div" className={styles.when}>
            <Time at={entry.eventAt} />
          </Text>
        </Group>
        {text !== null && isMessage && <p className={styles.words}>{text}</p>}
        {work.map((item) => (
          <Outcome key={item.id} work={item} />
        ))}
        <EntryDetail entry={entry} summary="Details" />
      </div>
    </li>
  )
}

/** What is no message and went well: one line, the rest folded away. */
function QuietEntry({ entry }: { readonly entry: TimelineEntry }) {
  const done = entry.work.flatMap(({ effects }) => effects.map(({ says }) => says))
  return (
    <li className={styles.entry} data-side="between">
      <div className={styles.line}>
        <EntryDetail
          entry={entry}
          summary={
            <>
              <Time at={entry.eventAt} /> {[entry.says, ...done].join(' ')}
            </>
          }
        />
      </div>
    </li>
  )
}

/** Why it was so decided, and what was done. */
function Outcome({ work }: { readonly work: Work }) {
  const { reason, says, remedy, waitingFor, error, state } = work
  return (
    <div className={styles.outcome}>
      {reason !== null && <Reason code={reason} says={says} remedy={remedy} />}
      {waitingFor !== null && (
        <Group gap="xs" mt={4}>
          <StateBadge state="waiting" />
          <Text size="sm">{waitingFor}</Text>
        </Group>
      )}
      {state === 'set_aside' && (
        <Group gap="xs" mt={4}>
          <StateBadge state="failed" word="Set aside" />
          <Text size="sm">
            It failed five times inside Replyline: {error ?? 'no error was kept'}.
          </Text>
        </Group>
      )}
      {work.effects.map((step) => (
        <Step key={step.id} step={step} />
      ))}
    </div>
  )
}

const FAILED_STATES = ['gave_up', 'unknown']

function Step({ step }: { readonly step: Work['effects'][number] }) {
  const hasFailed = step.delivery === 'failed' || FAILED_STATES.includes(step.state)
  const look = hasFailed ? 'failed' : step.state === 'done' ? 'done' : 'open'
  return (
    <Text size="sm" component="div" className={styles.step} data-look={look}>
      <span aria-hidden="true" className={styles.mark}>
        {MARKS[look]}
      </span>
      <span>
        {step.says}
        {step.remedy !== null && ` ${step.remedy}`}
      </span>
    </Text>
  )
}

const MARKS = { done: '✓', open: '◷', failed: '!' } as const
