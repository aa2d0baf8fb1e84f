import { Group, Text } from '@mantine/core'
import type { TimelineEntry } from '../api/queries.ts'
import { Reason } from '../shared/reason.tsx'
import { StateBadge } from '../shared/state-badge.tsx'
import { Time } from '../shared/time.tsx'
import { WithTimes } from '../shared/with-times.tsx'
import { EntryDetail } from './entry-detail.tsx'
import { idOfEntry } from './entry-place.ts'
import { Step } from './step.tsx'
import styles from './timeline.module.css'

type Work = TimelineEntry['work'][number]

type Props = {
  readonly entry: TimelineEntry
  /** The bridge's name. */
  readonly bridge: string
}

/** One thing that happened: the words that were written, what was decided, and what became of it. */
export function Entry({ entry, bridge }: Props) {
  const { says, text, side, state, work } = entry
  const isMessage = side !== 'between'
  if (!isMessage && state === 'fine') return <QuietEntry entry={entry} />
  return (
    <li className={styles.entry} data-side={side} id={idOfEntry(entry)}>
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
          <Outcome key={item.id} work={item} bridge={bridge} />
        ))}
        <EntryDetail entry={entry} summary="Details" />
      </div>
    </li>
  )
}

/** What is no message and went well: one line, the rest folded away. */
function QuietEntry({ entry }: { readonly entry: TimelineEntry }) {
  const done = entry.work.flatMap(({ effects }) =>
    effects.filter(({ isReplaced }) => !isReplaced).map(({ says }) => says),
  )
  return (
    <li className={styles.entry} data-side="between" id={idOfEntry(entry)}>
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
function Outcome({ work, bridge }: { readonly work: Work; readonly bridge: string }) {
  const { reason, says, remedy, error, state, effects } = work
  return (
    <div className={styles.outcome}>
      {reason !== null && <Reason code={reason} says={says} remedy={remedy} bridge={bridge} />}
      <Waiting work={work} />
      {state === 'set_aside' && (
        <Group gap="xs" mt={4}>
          <StateBadge state="failed" word="Set aside" />
          <Text size="sm">
            It failed five times inside Replyline: {error ?? 'no error was kept'}.
          </Text>
        </Group>
      )}
      {effects
        .filter(({ isReplaced }) => !isReplaced)
        .map((step) => (
          <Step key={step.id} step={step} />
        ))}
    </div>
  )
}

/** What it waits for; of a text of which nothing is known, Klaviyo may still tell. */
function Waiting({ work }: { readonly work: Work }) {
  const { waitingFor, effects } = work
  if (waitingFor === null) return null
  const isUnknown = effects.some(({ state }) => state === 'unknown')
  return (
    <Group gap="xs" mt={4} wrap="nowrap" align="flex-start">
      <StateBadge state="waiting" />
      <Text size="sm">
        {isUnknown ? (
          'Klaviyo may still report what became of the text. Do not send it again.'
        ) : (
          <>
            It waits: <WithTimes text={waitingFor} />.
          </>
        )}
      </Text>
    </Group>
  )
}
