import type { BridgeId, CommentId, EffectId, TicketId } from '../kernel/ids.ts'
import { type Instant, toIso } from '../kernel/instant.ts'
import type { Tx } from './records.ts'

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
