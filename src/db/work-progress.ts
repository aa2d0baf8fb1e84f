import type { Reason } from '../conversations/reasons.ts'
import type { ConversationId, WorkItemId } from '../kernel/ids.ts'
import { type Instant, toIso } from '../kernel/instant.ts'
import type { Fence, Tx } from './records.ts'

/**
 * Saves what was gathered, so that a re-run decides on the same facts, and holds the item until the
 * transaction ends, all under the fence. `isOpen` is false when another run has decided it.
 */
export async function saveGathered(
  tx: Tx,
  fence: Fence,
  id: WorkItemId,
  gathered: unknown,
): Promise<{ readonly isHeld: boolean; readonly isOpen: boolean }> {
  const { rows } = await tx.query<{ isHeld: boolean; isOpen: boolean }>(
    `with fence as materialized (${fence.sql}),
     saved as (update work_items set gathered = $5 where id = $4 and state = 'open' and exists (select from fence) returning 1)
     select exists (select from fence) as "isHeld", exists (select from saved) as "isOpen"`,
    [...fence.values, id, JSON.stringify(gathered)],
  )
  return rows[0] ?? { isHeld: false, isOpen: false }
}

/** Moves an open item, held by `saveGathered`, to decided; its conversation was thereby active. */
export async function saveDecision(
  tx: Tx,
  id: WorkItemId,
  reason: Reason,
  conversationId: ConversationId | null,
  now: Instant,
): Promise<void> {
  await tx.query(
    `with active as (update conversations set last_activity_at = $4
       where id = $3 and (last_activity_at is null or last_activity_at < $4::timestamptz - interval '1 second'))
     update work_items set state = 'decided', reason = $2, conversation_id = coalesce($3, conversation_id),
       decided_at = $4, waiting_for = null, waiting_until = null
     where id = $1`,
    [id, reason, conversationId, toIso(now)],
  )
}

/** Replaces the reason of a decided item, when a refusal led to another decision. */
export async function saveRevisedReason(tx: Tx, id: WorkItemId, reason: Reason): Promise<void> {
  await tx.query('update work_items set reason = $2 where id = $1', [id, reason])
}

export async function saveDone(tx: Tx, id: WorkItemId, now: Instant): Promise<void> {
  await tx.query(
    `update work_items set state = 'done', done_at = $2, waiting_for = null, waiting_until = null where id = $1 and state = 'decided'`,
    [id, toIso(now)],
  )
}

/** Says on the item why its lane stands still and until when; shown to the operator. */
export async function saveWaiting(
  tx: Tx,
  id: WorkItemId,
  waitingFor: string,
  until: Instant,
): Promise<void> {
  await tx.query('update work_items set waiting_for = $2, waiting_until = $3 where id = $1', [
    id,
    waitingFor,
    toIso(until),
  ])
}

/** Notes that reading what the item needs failed; the first time counts. */
export async function saveFailing(tx: Tx, id: WorkItemId, now: Instant): Promise<void> {
  await tx.query(
    'update work_items set failing_since = coalesce(failing_since, $2) where id = $1',
    [id, toIso(now)],
  )
}

/** Counts a run that threw; returns how often this item has thrown. */
export async function countFailure(tx: Tx, id: WorkItemId, error: string): Promise<number> {
  const { rows } = await tx.query<{ failures: number }>(
    'update work_items set failures = failures + 1, error = $2 where id = $1 returning failures',
    [id, error],
  )
  return rows[0]?.failures ?? 0
}

export async function setAside(tx: Tx, id: WorkItemId, now: Instant): Promise<void> {
  await tx.query(
    `update work_items set state = 'set_aside', done_at = $2, waiting_for = null, waiting_until = null where id = $1`,
    [id, toIso(now)],
  )
}
