import type { ConversationId, CustomerId, TicketId } from '../kernel/ids.ts'
import { toIso } from '../kernel/instant.ts'
import type { IntakeRow, Tx } from './records.ts'

/** Writes ticket states, the newest of each ticket, and adopts tickets whose making is unsettled. */
export async function saveTicketStates(tx: Tx, rows: readonly IntakeRow[]): Promise<void> {
  const states = newestPerTicket(rows)
  if (states.length === 0) return
  await tx.query(
    `insert into tickets (bridge_id, ticket_id, status, status_at)
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[])
     on conflict (bridge_id, ticket_id) do update
       set status = coalesce(excluded.status, tickets.status), status_at = excluded.status_at
       where tickets.status is distinct from 'closed'
         and (excluded.status = 'closed' or tickets.status_at is null or excluded.status_at >= tickets.status_at)`,
    [
      states.map((row) => row.bridgeId),
      states.map((row) => row.ticketState?.ticketId),
      states.map((row) => row.ticketState?.status ?? null),
      states.map((row) => toIso(row.at)),
    ],
  )
  await adoptOwnTickets(
    tx,
    states.filter((row) => row.ticketState?.ours != null),
  )
}

function newestPerTicket(rows: readonly IntakeRow[]): readonly IntakeRow[] {
  const newest = new Map<string, IntakeRow>()
  for (const row of rows) {
    if (row.ticketState === null) continue
    const key = `${row.bridgeId} ${row.ticketState.ticketId}`
    const known = newest.get(key)
    const isFinal = known?.ticketState?.status === 'closed'
    const isClosing = row.ticketState.status === 'closed'
    if (known === undefined || isClosing || (row.at >= known.at && !isFinal)) newest.set(key, row)
  }
  return [...newest.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

/**
 * An event that names a create of ours tells the ticket's id before the call's own answer does. Anyone
 * may write an external id, so the effect must exist, and must not have made another ticket.
 */
async function adoptOwnTickets(tx: Tx, rows: readonly IntakeRow[]): Promise<void> {
  if (rows.length === 0) return
  const ours = rows.map((row) => row.ticketState?.ours)
  const values = [
    rows.map((row) => row.bridgeId),
    rows.map((row) => row.ticketState?.ticketId),
    ours.map((own) => own?.conversationId),
    ours.map((own) => own?.effectId),
  ]
  await tx.query(
    `update tickets t set conversation_id = c.id
     from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[]) as o (bridge_id, ticket_id, conversation_id, effect_id)
     join conversations c on c.id = o.conversation_id and c.bridge_id = o.bridge_id
     join effects f on f.id = o.effect_id and f.conversation_id = c.id and f.kind = 'create_ticket'
       and coalesce(f.result->>'ticketId', o.ticket_id) = o.ticket_id
     where t.bridge_id = o.bridge_id and t.ticket_id = o.ticket_id and t.conversation_id is null`,
    values,
  )
  await tx.query(
    `update conversations c set ticket_id = o.ticket_id, creating_effect_id = null
     from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[]) as o (bridge_id, ticket_id, conversation_id, effect_id)
     where c.id = o.conversation_id and c.bridge_id = o.bridge_id and c.creating_effect_id = o.effect_id`,
    values,
  )
}

/** Which conversation, and whose, each named ticket belongs to; tickets that are none of ours are absent. */
export async function findTicketOwners(
  tx: Tx,
  rows: readonly IntakeRow[],
): Promise<ReadonlyMap<string, { conversationId: ConversationId; customerId: CustomerId }>> {
  const named = rows.filter((row) => row.ticketId !== null)
  if (named.length === 0) return new Map()
  const { rows: found } = await tx.query<{
    bridge_id: string
    ticket_id: string
    conversation_id: ConversationId
    customer_id: CustomerId
  }>(
    `select t.bridge_id, t.ticket_id, t.conversation_id, c.customer_id
     from tickets t join conversations c on c.id = t.conversation_id
     where (t.bridge_id, t.ticket_id) in (select * from unnest($1::uuid[], $2::text[]))`,
    [named.map((row) => row.bridgeId), named.map((row) => row.ticketId)],
  )
  return new Map(
    found.map((row) => [
      ownerKey(row.bridge_id, row.ticket_id as TicketId),
      { conversationId: row.conversation_id, customerId: row.customer_id },
    ]),
  )
}

export function ownerKey(bridgeId: string, ticketId: TicketId): string {
  return `${bridgeId} ${ticketId}`
}
