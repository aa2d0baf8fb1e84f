import type { Deed } from './many.ts'
import type { Run } from './use-run.ts'

export const TITLES: Readonly<Record<Deed, string>> = {
  retry: 'Trying many again',
  discard: 'Discarding many',
  replay: 'Deciding many again',
}

const DONE: Readonly<Record<Deed, string>> = {
  retry: 'tried again',
  discard: 'discarded',
  replay: 'decided again',
}

/** How far it is, or how it ended, in a sentence. */
export function runWords({
  many,
  progress,
  state,
}: Pick<Run, 'many' | 'progress' | 'state'>): string {
  const { looked, done } = progress
  const of = many.total === null ? '' : ` of ${many.total}`
  const counts = `${done}${of} ${DONE[many.deed]}, ${left(looked - done, many.deed)}`
  switch (state) {
    case 'running':
      return `Under way: ${counts} so far. It stops when you leave this page.`
    case 'stopping':
      return `Stopping after this page: ${counts} so far.`
    case 'stopped':
      return `Stopped: ${counts}. The rest was not looked at.`
    case 'failed':
      return `Interrupted: ${counts} before that.`
    case 'ended':
      return looked === 0 ? 'There was nothing to do.' : `Done: ${counts}.`
  }
}

/** Of events, most need nothing. */
function left(count: number, deed: Deed): string {
  if (deed === 'replay') return `${count} had nothing to decide again`
  return `${count} left as ${count === 1 ? 'it was' : 'they were'}`
}
