import type { EffectRow } from '../db/records.ts'
import { TOLD_UNKNOWN } from '../db/text-store.ts'

/** Whether nothing more is to be done about an effect. */
export function isSettled({ state, reason }: EffectRow): boolean {
  const isTold = state === 'unknown' && reason === TOLD_UNKNOWN
  return state === 'done' || state === 'gave_up' || isTold
}
