import type { BridgeId, ConversationId, TicketId } from '../kernel/ids.ts'
import { type Instant, toIso } from '../kernel/instant.ts'
import type { Tx } from './records.ts'

/**
 * Makes a ticket the conversation's current one. Idempotent: adopting twice changes nothing. The
 * ticket's row comes first, as at intake, so that the two never wait for each other in a circle.
 */
export async function adoptTicket(
  tx: Tx,
  conversation: { id: ConversationId; bridgeId: BridgeId },
  ticketId: TicketId,
): Promise<void> {
  await tx.query(
    `insert into tickets (bridge_id, ticket_id, conversation_id) values ($1, $2, $3)
     on conflict (bridge_id, ticket_id) do update set conversation_id = excluded.conversation_id`,
    [conversation.bridgeId, ticketId, conversation.id],
  )
  await tx.query(
    'update conversations set ticket_id = $2, creating_effect_id = null where id = $1',
    [conversation.id, ticketId],
  )
}

/** Writes a ticket's status unless a newer one is known; `closed` is final, whatever any clock says. */
export async function saveTicketStatus(
  tx: Tx,
  bridgeId: BridgeId,
  ticketId: TicketId,
  status: string,
  at: Instant,
): Promise<void> {
  await tx.query(
    `insert into tickets (bridge_id, ticket_id, status, status_at) values ($1, $2, $3, $4)
     on conflict (bridge_id, ticket_id) do update set status = excluded.status, status_at = excluded.status_at
     where tickets.status is distinct from 'closed'
         and (excluded.status = 'closed' or tickets.status_at is null or excluded.status_at >= tickets.status_at)`,
    [bridgeId, ticketId, status, toIso(at)],
  )
}

/** Forgets a ticket that Zendesk no longer has, so that the next text makes a new one. */
export async function dropTicket(tx: Tx, bridgeId: BridgeId, ticketId: TicketId): Promise<void> {
  await tx.query(
    'update conversations set ticket_id = null where bridge_id = $1 and ticket_id = $2',
    [bridgeId, ticketId],
  )
}

/**
 * The closing of which of these tickets was taken in already, as `<bridge id> <ticket id>`, over all bridges.
 * That a ticket is known as closed does not say so: another event of it may have told, or a refusal.
 */
export async function findClosingsTaken(
  tx: Tx,
  ticketIds: readonly TicketId[],
): Promise<ReadonlySet<string>> {
  if (ticketIds.length === 0) return new Set()
  const { rows } = await tx.query<{ key: string }>(
    `select bridge_id || ' ' || ticket_id as key from events
     where ticket_id = any($1::text[]) and kind = 'ticket_status_changed' and payload->'event'->>'current' = 'CLOSED'`,
    [ticketIds],
  )
  return new Set(rows.map(({ key }) => key))
}
