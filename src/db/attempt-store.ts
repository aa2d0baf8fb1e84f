import type { EffectId } from '../kernel/ids.ts'
import { type Instant, toIso } from '../kernel/instant.ts'
import type { Tx } from './records.ts'

/** True when some earlier attempt may have done its work at the platform, so that one must look first. */
export async function mayHaveTouched(tx: Tx, id: EffectId): Promise<boolean> {
  const { rows } = await tx.query(
    `select 1 from attempts where effect_id = $1 and (ended_at is null or outcome = 'maybe') limit 1`,
    [id],
  )
  return rows.length > 0
}

/** Writes the intention to call, before the call. */
export async function startAttempt(
  tx: Tx,
  id: EffectId,
  attemptId: string,
  now: Instant,
): Promise<void> {
  await tx.query('insert into attempts (id, effect_id, started_at) values ($1, $2, $3)', [
    attemptId,
    id,
    toIso(now),
  ])
  await tx.query(
    `update effects set state = 'attempting', first_attempted_at = coalesce(first_attempted_at, $2) where id = $1`,
    [id, toIso(now)],
  )
}

/** Closes every open attempt of an effect with what became of it. */
export async function endAttempts(
  tx: Tx,
  id: EffectId,
  ended: {
    readonly outcome: string
    readonly status: number | null
    readonly detail: string | null
    /** What went over the wire, as JSON, where a person shall see it. */
    readonly exchange?: unknown
  },
  now: Instant,
): Promise<void> {
  await tx.query(
    'update attempts set ended_at = $2, outcome = $3, status = $4, detail = $5, exchange = $6 where effect_id = $1 and ended_at is null',
    [
      id,
      toIso(now),
      ended.outcome,
      ended.status,
      ended.detail,
      ended.exchange == null ? null : JSON.stringify(ended.exchange),
    ],
  )
}

/**
 * Puts an effect back to wait for another try; `isCounted` is false when waiting was not the call's
 * fault. False for a text that a report has settled meanwhile: it must not be sent again.
 */
export async function saveRetry(tx: Tx, id: EffectId, isCounted: boolean): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update effects set state = 'pending', attempt_count = attempt_count + $2 where id = $1 and delivery is null`,
    [id, isCounted ? 1 : 0],
  )
  return rowCount === 1
}
