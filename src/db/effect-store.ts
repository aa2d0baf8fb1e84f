import type { BridgeId, ConversationId, EffectId, WorkItemId } from '../kernel/ids.ts'
import { type Instant, instant, toIso } from '../kernel/instant.ts'
import type { Effect, EffectResult, EffectRow, EffectState, Fence, Tx } from './records.ts'

/** A new effect of a decision. `bodyHash` and `profileId` are set for texts alone. */
export type EffectDraft = {
  readonly id: EffectId
  readonly workItemId: WorkItemId
  readonly ordinal: number
  readonly bridgeId: BridgeId
  readonly conversationId: ConversationId | null
  readonly effect: Effect
  readonly bodyHash: string | null
}

type Row = {
  id: string
  ordinal: number
  bridge_id: string
  payload: Effect
  state: string
  reason: string | null
  result: EffectResult | null
  attempt_count: number
  first_attempted_at: Date | null
  settled_at: Date | null
  delivery: string | null
  dismissed_at: Date | null
}

const COLUMNS =
  'id, ordinal, bridge_id, payload, state, reason, result, attempt_count, first_attempted_at, settled_at, delivery, dismissed_at'

function toEffectRow(row: Row): EffectRow {
  return {
    id: row.id as EffectId,
    ordinal: row.ordinal,
    bridgeId: row.bridge_id as BridgeId,
    effect: row.payload,
    state: row.state as EffectState,
    reason: row.reason,
    result: row.result,
    attemptCount: row.attempt_count,
    firstAttemptedAt:
      row.first_attempted_at === null ? null : instant(row.first_attempted_at.getTime()),
    settledAt: row.settled_at === null ? null : instant(row.settled_at.getTime()),
    delivery: row.delivery as EffectRow['delivery'],
    isDismissed: row.dismissed_at !== null,
  }
}

export async function insertEffect(tx: Tx, draft: EffectDraft): Promise<void> {
  const profileId = draft.effect.kind === 'send_text' ? draft.effect.profileId : null
  await tx.query(
    `insert into effects (id, work_item_id, ordinal, bridge_id, conversation_id, kind, payload, state, profile_id, body_hash)
     values ($1, $2, $3, $4, $5, $6, $7, 'pending', $8, $9)`,
    [
      draft.id,
      draft.workItemId,
      draft.ordinal,
      draft.bridgeId,
      draft.conversationId,
      draft.effect.kind,
      JSON.stringify(draft.effect),
      profileId,
      draft.bodyHash,
    ],
  )
}

export async function findEffects(tx: Tx, workItemId: WorkItemId): Promise<readonly EffectRow[]> {
  const { rows } = await tx.query<Row>(
    `select ${COLUMNS} from effects where work_item_id = $1 order by ordinal`,
    [workItemId],
  )
  return rows.map(toEffectRow)
}

/** Ends an effect; false for a text that a report has settled meanwhile, which then stands. */
export async function settleEffect(
  tx: Tx,
  id: EffectId,
  settled: {
    readonly state: Extract<EffectState, 'done' | 'gave_up' | 'unknown'>
    readonly reason: string | null
    readonly result: EffectResult | null
  },
  now: Instant,
): Promise<boolean> {
  const { state, reason, result } = settled
  const { rowCount } = await tx.query(
    `update effects set state = $2, reason = $3, result = coalesce($4, result), settled_at = $5
     where id = $1 and (delivery is null or $2 = 'done')`,
    [id, state, reason, result === null ? null : JSON.stringify(result), toIso(now)],
  )
  return rowCount === 1
}

/** Ends an effect that worked, and its attempt, under the fence; false when that does not hold. */
export async function settleDone(
  tx: Tx,
  fence: Fence,
  id: EffectId,
  result: EffectResult,
  now: Instant,
): Promise<boolean> {
  const { rows } = await tx.query<{ isHeld: boolean }>(
    `with fence as materialized (${fence.sql}),
     ended as (update attempts set ended_at = $6, outcome = 'done', status = null, detail = null
       where effect_id = $4 and ended_at is null and exists (select from fence)),
     settled as (update effects set state = 'done', reason = null, result = $5, settled_at = $6
       where id = $4 and exists (select from fence))
     select exists (select from fence) as "isHeld"`,
    [...fence.values, id, JSON.stringify(result), toIso(now)],
  )
  return rows[0]?.isHeld ?? false
}

/** Whether a ticket or a comment of this conversation is just being written. */
export async function isWriting(tx: Tx, id: ConversationId): Promise<boolean> {
  const { rows } = await tx.query(
    `select 1 from work_items w join effects f on f.work_item_id = w.id
     where w.conversation_id = $1 and w.state = 'decided' and f.state = 'attempting' and f.kind in ('create_ticket', 'add_comment') limit 1`,
    [id],
  )
  return rows.length > 0
}
