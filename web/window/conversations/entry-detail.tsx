import { Code, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { TimelineEntry } from '../api/queries.ts'
import { PATHS } from '../paths.ts'
import { PageLink } from '../shared/link.tsx'
import { Time } from '../shared/time.tsx'
import styles from './timeline.module.css'

type Props = { readonly entry: TimelineEntry; readonly summary: ReactNode }

/** The technical side of an entry, folded away behind its summary: ids, states, every attempt. */
export function EntryDetail({ entry, summary }: Props) {
  const attempts = entry.work.flatMap(({ effects }) =>
    effects.flatMap(({ id, kind, attempts: made }) =>
      made.map((attempt, index) => ({ ...attempt, kind, key: `${id} ${index}` })),
    ),
  )
  return (
    <details className={styles.detail}>
      <summary>{summary}</summary>
      <Text size="xs" c="dimmed" component="div">
        {entry.source} event <Code fz="xs">{entry.kind}</Code>, id{' '}
        <PageLink to={PATHS.event} params={{ id: entry.id }} inherit>
          {entry.id}
        </PageLink>
        , there <Code fz="xs">{entry.remoteId}</Code>; taken in <Time at={entry.receivedAt} />
        {entry.work.map(({ id, about, state, reason, says }) => (
          <div key={id}>
            work <Code fz="xs">{about}</Code> {state}
            {reason === null ? '' : `, because ${reason}: ${says ?? ''}`}
          </div>
        ))}
        {attempts.map(({ key, kind, startedAt, outcome, status, detail }) => (
          <div key={key}>
            <Time at={startedAt} /> <Code fz="xs">{kind}</Code> {outcome ?? 'under way'}
            {status === null ? '' : ` (HTTP ${status})`}
            {detail === null ? '' : `: ${detail}`}
          </div>
        ))}
      </Text>
    </details>
  )
}
