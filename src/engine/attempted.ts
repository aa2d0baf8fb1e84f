import type { EffectRow } from '../db/records.ts'
import type { EffectOutcome } from './outcome.ts'

/** One attempt that has ended, beside the item's other effects. */
export type Attempted<Outcome = EffectOutcome> = {
  readonly rows: readonly EffectRow[]
  readonly row: EffectRow
  readonly outcome: Outcome
}
