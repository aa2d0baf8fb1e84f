import type { TicketStatus } from '../conversations/conversation.ts'
import type { Channel } from '../conversations/events.ts'
import type {
  BridgeId,
  ConversationId,
  CustomerId,
  EffectId,
  KlaviyoConversationId,
  ProfileId,
  TicketId,
} from '../kernel/ids.ts'
import { type Instant, toIso } from '../kernel/instant.ts'
import type { ConversationKey, ConversationLinks, ConversationRow, Tx } from './records.ts'

type Row = {
  id: string
  bridge_id: string
  customer_id: string
  channel: string
  brand_number: string
  customer_number: string | null
  profile_id: string | null
  klaviyo_conversation_id: string | null
  ticket_id: string | null
  creating_effect_id: string | null
  status: string | null
}

// Named one by one: a statement that is kept prepared must not change with a newer version's columns.
const SELECT = `select c.id, c.bridge_id, c.customer_id, c.channel, c.brand_number, c.customer_number, c.profile_id,
    c.klaviyo_conversation_id, c.ticket_id, c.creating_effect_id, t.status from conversations c
  left join tickets t on t.bridge_id = c.bridge_id and t.ticket_id = c.ticket_id`

function toConversation(row: Row): ConversationRow {
  return {
    id: row.id as ConversationId,
    bridgeId: row.bridge_id as BridgeId,
    customerId: row.customer_id as CustomerId,
    channel: row.channel as Channel,
    brandNumber: row.brand_number,
    customerNumber: row.customer_number,
    profileId: row.profile_id as ProfileId | null,
    klaviyoConversationId: row.klaviyo_conversation_id as KlaviyoConversationId | null,
    creatingEffectId: row.creating_effect_id as EffectId | null,
    ticket:
      row.ticket_id === null
        ? null
        : { id: row.ticket_id as TicketId, status: row.status as TicketStatus | null },
  }
}

/** Finds or makes the conversation of a key, and holds it until the transaction ends. Idempotent. */
export async function ensureConversation(
  tx: Tx,
  key: ConversationKey,
  links: ConversationLinks,
  fresh: { readonly id: string; readonly now: Instant },
): Promise<ConversationRow> {
  await tx.query(
    `insert into conversations (id, bridge_id, customer_id, channel, brand_number, profile_id, customer_number, customer_name, customer_email, created_at, last_activity_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
     on conflict (bridge_id, customer_id, channel, brand_number) do update
       set profile_id = coalesce(excluded.profile_id, conversations.profile_id),
           customer_number = coalesce(excluded.customer_number, conversations.customer_number),
           customer_name = coalesce(excluded.customer_name, conversations.customer_name),
           customer_email = coalesce(excluded.customer_email, conversations.customer_email),
           last_activity_at = greatest(excluded.last_activity_at, conversations.last_activity_at)`,
    [
      fresh.id,
      key.bridgeId,
      key.customerId,
      key.channel,
      key.brandNumber,
      links.profileId ?? null,
      links.customerNumber ?? null,
      links.customerName ?? null,
      links.customerEmail ?? null,
      toIso(fresh.now),
    ],
  )
  const found = await findConversation(tx, key)
  if (found === null) throw new Error('a conversation that was just made does not exist')
  return found
}

/** The conversation of a key; null when nobody texted that number yet. */
export async function findConversation(
  tx: Tx,
  key: ConversationKey,
): Promise<ConversationRow | null> {
  const { rows } = await tx.query<Row>(
    `${SELECT} where c.bridge_id = $1 and c.customer_id = $2 and c.channel = $3 and c.brand_number = $4`,
    [key.bridgeId, key.customerId, key.channel, key.brandNumber],
  )
  return rows[0] === undefined ? null : toConversation(rows[0])
}

async function getConversation(tx: Tx, id: ConversationId): Promise<ConversationRow> {
  const { rows } = await tx.query<Row>(`${SELECT} where c.id = $1`, [id])
  if (rows[0] === undefined) throw new Error(`conversation ${id} does not exist`)
  return toConversation(rows[0])
}

/** Holds the conversation's row until the transaction ends: one step at a time. */
export async function lockConversation(tx: Tx, id: ConversationId): Promise<ConversationRow> {
  await tx.query('select 1 from conversations where id = $1 for no key update', [id])
  return getConversation(tx, id)
}

/** The conversation a ticket belongs to, or null for a ticket that is none of ours. */
export async function findConversationOfTicket(
  tx: Tx,
  bridgeId: BridgeId,
  ticketId: TicketId,
): Promise<ConversationRow | null> {
  const { rows } = await tx.query<{ conversation_id: string | null }>(
    'select conversation_id from tickets where bridge_id = $1 and ticket_id = $2',
    [bridgeId, ticketId],
  )
  const id = rows[0]?.conversation_id ?? null
  return id === null ? null : getConversation(tx, id as ConversationId)
}

/** The customer's conversation whose ticket is active, latest made first; null when there is none. */
export async function findActiveConversation(
  tx: Tx,
  customerId: CustomerId,
): Promise<ConversationRow | null> {
  const { rows } = await tx.query<Row>(
    `${SELECT} where c.customer_id = $1 and c.ticket_id is not null and coalesce(t.status, 'open') not in ('solved', 'closed')
     order by c.ticket_id::numeric desc limit 1`,
    [customerId],
  )
  return rows[0] === undefined ? null : toConversation(rows[0])
}

export async function setKlaviyoConversation(
  tx: Tx,
  id: ConversationId,
  klaviyoId: KlaviyoConversationId | null,
): Promise<void> {
  await tx.query('update conversations set klaviyo_conversation_id = $2 where id = $1', [
    id,
    klaviyoId,
  ])
}

/** Marks the effect that is about to make this conversation's ticket. */
export async function markCreating(tx: Tx, id: ConversationId, effectId: EffectId): Promise<void> {
  await tx.query('update conversations set creating_effect_id = $2 where id = $1', [id, effectId])
}
