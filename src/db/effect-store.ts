import type { SendText } from '../conversations/effects.ts'
import type {
  BridgeId,
  CommentId,
  ConversationId,
  EffectId,
  ProfileId,
  TicketId,
  WorkItemId,
} from '../kernel/ids.ts'
import { type Instant, instant, toIso } from '../kernel/instant.ts'
import type { Effect, EffectResult, EffectRow, EffectState, Tx } from './records.ts'

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
}

const COLUMNS =
  'id, ordinal, bridge_id, payload, state, reason, result, attempt_count, first_attempted_at, settled_at, delivery'

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

/** True when the latest attempt has no outcome: a process died, or was cut off, inside a call. */
export async function hasOpenAttempt(tx: Tx, id: EffectId): Promise<boolean> {
  const { rows } = await tx.query(
    'select 1 from attempts where effect_id = $1 and ended_at is null limit 1',
    [id],
  )
  return rows.length > 0
}

/** True when some earlier attempt may have done its work at the platform, so that one must look first. */
export async function mayHaveTouched(tx: Tx, id: EffectId): Promise<boolean> {
  const { rows } = await tx.query(
    `select 1 from attempts where effect_id = $1 and (ended_at is null or outcome = 'maybe') limit 1`,
    [id],
  )
  return rows.length > 0
}

/** The reason of an unknown text of which the agent has been told: its lane goes on without it. */
export const TOLD_UNKNOWN = 'told_unknown'

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
  outcome: string,
  status: number | null,
  detail: string | null,
  now: Instant,
): Promise<void> {
  await tx.query(
    'update attempts set ended_at = $2, outcome = $3, status = $4, detail = $5 where effect_id = $1 and ended_at is null',
    [id, toIso(now), outcome, status, detail],
  )
}

/** Puts an effect back to wait for another try. `counted` is false when waiting was not the call's fault. */
export async function saveRetry(tx: Tx, id: EffectId, counted: boolean): Promise<void> {
  await tx.query(
    `update effects set state = 'pending', attempt_count = attempt_count + $2 where id = $1`,
    [id, counted ? 1 : 0],
  )
}

/** Ends an effect; false for a text that a report has settled meanwhile, which then stands. */
export async function settleEffect(
  tx: Tx,
  id: EffectId,
  state: Extract<EffectState, 'done' | 'gave_up' | 'unknown'>,
  reason: string | null,
  result: EffectResult | null,
  now: Instant,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update effects set state = $2, reason = $3, result = coalesce($4, result), settled_at = $5 where id = $1 and (delivery is null or $2 = 'done')`,
    [id, state, reason, result === null ? null : JSON.stringify(result), toIso(now)],
  )
  return rowCount === 1
}

/** A text of ours that a Klaviyo report could settle. */
export type SettlableText = {
  readonly id: EffectId
  readonly workItemId: WorkItemId
  readonly text: SendText
  readonly wasTold: boolean
}

/**
 * The oldest text to this profile with this body that no report has settled yet, locked. Texts are
 * settled in the order they were sent, so that two alike each need a report of their own.
 */
export async function findOldestUnsettledText(
  tx: Tx,
  bridgeId: BridgeId,
  profileId: ProfileId,
  bodyHash: string,
): Promise<SettlableText | null> {
  const { rows } = await tx.query<{
    id: EffectId
    work_item_id: WorkItemId
    payload: SendText
    reason: string | null
  }>(
    `select id, work_item_id, payload, reason from effects
     where bridge_id = $1 and profile_id = $2 and body_hash = $3 and delivery is null and state in ('attempting', 'done', 'unknown')
     order by first_attempted_at, id limit 1 for update`,
    [bridgeId, profileId, bodyHash],
  )
  const row = rows[0]
  return row === undefined
    ? null
    : {
        id: row.id,
        workItemId: row.work_item_id,
        text: row.payload,
        wasTold: row.reason === TOLD_UNKNOWN,
      }
}

/** Records what Klaviyo reported of a text; an unknown one is thereby known. */
export async function saveDelivery(
  tx: Tx,
  id: EffectId,
  delivery: 'delivered' | 'failed',
  klaviyoEventId: string,
  now: Instant,
): Promise<void> {
  await tx.query(
    `update effects set delivery = $2, delivery_event_id = $3, state = 'done', settled_at = coalesce(settled_at, $4),
       reason = case when state = 'unknown' then 'settled_by_report' else reason end where id = $1`,
    [id, delivery, klaviyoEventId, toIso(now)],
  )
}

export async function findEffect(tx: Tx, id: EffectId): Promise<EffectRow | null> {
  const { rows } = await tx.query<Row>(`select ${COLUMNS} from effects where id = $1`, [id])
  return rows[0] === undefined ? null : toEffectRow(rows[0])
}

/** Names a remote comment as ours, or as the source of a text. Idempotent. */
export async function saveLedger(
  tx: Tx,
  entry: {
    bridgeId: BridgeId
    ticketId: TicketId
    commentId: CommentId
    effectId: EffectId
    at: Instant
  },
): Promise<void> {
  await tx.query(
    'insert into ledger (bridge_id, ticket_id, comment_id, effect_id, at) values ($1, $2, $3, $4, $5) on conflict do nothing',
    [entry.bridgeId, entry.ticketId, entry.commentId, entry.effectId, toIso(entry.at)],
  )
}

/** True when a comment was written by an effect of ours. */
export async function isOwnComment(
  tx: Tx,
  bridgeId: BridgeId,
  ticketId: TicketId,
  commentId: CommentId,
): Promise<boolean> {
  const { rows } = await tx.query(
    'select 1 from ledger where bridge_id = $1 and ticket_id = $2 and comment_id = $3 limit 1',
    [bridgeId, ticketId, commentId],
  )
  return rows.length > 0
}
