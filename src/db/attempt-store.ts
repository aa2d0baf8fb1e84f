import type { EffectId } from '../kernel/ids.ts'
import { type Instant, toIso } from '../kernel/instant.ts'
import type { Fence, Tx } from './records.ts'

/**
 * Writes the intention to call, before the call, in one statement, and ends attempts that were cut off.
 * `mustLook` is true when some earlier attempt may have done its work at the platform. Nothing is written
 * when the fence does not hold.
 */
export async function beginAttempt(
  tx: Tx,
  fence: Fence,
  id: EffectId,
  attemptId: string,
  now: Instant,
): Promise<{ readonly isHeld: boolean; readonly mustLook: boolean }> {
  const { rows } = await tx.query<{ isHeld: boolean; mustLook: boolean }>(
    `with fence as materialized (${fence.sql}),
     touched as (select 1 from attempts where effect_id = $4 and (ended_at is null or outcome = 'maybe') limit 1),
     cut_off as (update attempts set ended_at = $6, outcome = 'maybe', detail = '${CUT_OFF}'
       where effect_id = $4 and ended_at is null and exists (select from fence)),
     started as (insert into attempts (id, effect_id, started_at) select $5::uuid, $4::uuid, $6::timestamptz from fence),
     attempting as (update effects set state = 'attempting', first_attempted_at = coalesce(first_attempted_at, $6)
       where id = $4 and exists (select from fence))
     select exists (select from fence) as "isHeld", exists (select from touched) as "mustLook"`,
    [...fence.values, id, attemptId, toIso(now)],
  )
  return rows[0] ?? { isHeld: false, mustLook: true }
}

const CUT_OFF = 'the service stopped during the call'

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
