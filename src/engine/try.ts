import type { EffectRow } from '../db/records.ts'

/** One try at one effect. `mustLook` when an earlier try may have done the work. */
export type Try<Kind> = {
  readonly row: EffectRow
  readonly effect: Kind
  readonly mustLook: boolean
  readonly jitter: number
  /** Milliseconds since it was decided, or since a person wanted it tried again. */
  readonly waitedMs: number
}
