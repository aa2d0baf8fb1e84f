import { Code, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { TimelineEntry } from '../api/queries.ts'
import { PATHS } from '../paths.ts'
import { AttemptList } from '../shared/attempt-list.tsx'
import { Interventions } from '../shared/interventions.tsx'
import { PageLink } from '../shared/link.tsx'
import { Time } from '../shared/time.tsx'
import styles from './timeline.module.css'

type Props = { readonly entry: TimelineEntry; readonly summary: ReactNode }

/** The technical side of an entry, folded away behind its summary: ids, states, every attempt. */
export function EntryDetail({ entry, summary }: Props) {
  const tried = entry.work.flatMap(({ effects }) =>
    effects.filter(({ attempts: made }) => made.length > 0),
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
      </Text>
      {tried.map(({ id, kind, attempts }) => (
        <AttemptList key={id} attempts={attempts} kind={kind} />
      ))}
      {entry.work.map(({ id, interventions }) => (
        <Interventions key={id} interventions={interventions} />
      ))}
    </details>
  )
}
