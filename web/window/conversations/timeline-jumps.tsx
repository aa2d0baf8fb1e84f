import { Anchor } from '@mantine/core'
import type { TimelineEntry } from '../api/queries.ts'
import { idOfEntry } from './entry-place.ts'
import styles from './timeline.module.css'

type Props = {
  readonly oldest: TimelineEntry | undefined
  readonly problem: TimelineEntry | undefined
  readonly newest: TimelineEntry | undefined
}

/** Ways through a long conversation; they stay in view. */
export function TimelineJumps({ oldest, problem, newest }: Props) {
  return (
    <nav className={styles.jumps} aria-label="Jump to">
      {oldest !== undefined && <Anchor href="#page">↑ Oldest</Anchor>}
      {problem !== undefined && <Anchor href={`#${idOfEntry(problem)}`}>! Problem</Anchor>}
      {newest !== undefined && <Anchor href={`#${idOfEntry(newest)}`}>↓ Newest</Anchor>}
    </nav>
  )
}
