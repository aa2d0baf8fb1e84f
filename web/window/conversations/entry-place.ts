import type { TimelineEntry } from '../api/queries.ts'

/** Where an entry stands in the page. */
export function idOfEntry({ id }: TimelineEntry): string {
  return `entry-${id}`
}

/** The last entry that went wrong; none when all is well, or nobody knows better. */
export function lastProblem(entries: readonly TimelineEntry[]): TimelineEntry | undefined {
  return entries.findLast(({ state }) => state === 'failed' || state === 'unknown')
}

/** Our own write that came back, and went well: it says nothing that its cause did not. */
export function isEcho({ state, work }: TimelineEntry): boolean {
  return state === 'fine' && work.length > 0 && work.every(({ reason }) => reason === 'echo')
}
