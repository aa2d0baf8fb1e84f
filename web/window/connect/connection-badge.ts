import type { BridgeOverview } from '../api/queries.ts'
import type { State } from '../shared/state-badge.tsx'

type Known = Pick<BridgeOverview['connections'][number], 'state' | 'stands'>

/** How an account is, in a word; `well` where nothing is the matter. */
export function badgeOf({ state, stands }: Known, well: string): { state: State; word: string } {
  if (state === 'reconnect') return { state: 'failed', word: 'Reconnect' }
  if (stands === null) return { state: 'fine', word: well }
  return stands.why === 'paused'
    ? { state: 'waiting', word: 'Paused' }
    : { state: 'failed', word: 'Does not answer' }
}
