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
  ZendeskUserId,
} from '../kernel/ids.ts'
import { type Instant, instant, toIso } from '../kernel/instant.ts'
import type { ConversationKey, ConversationLinks, ConversationRow, Tx } from './records.ts'

export type ProfileState = {
  readonly lastConsent: { readonly to: 'given' | 'withdrawn'; readonly at: Instant } | null
  readonly flowMessageAt: Instant | null
}

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

const SELECT = `select c.*, t.status from conversations c
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

/** Finds or makes the conversation of a key. Idempotent. */
export async function ensureConversation(
  tx: Tx,
  key: ConversationKey,
  links: ConversationLinks,
  newId: string,
  now: Instant,
): Promise<ConversationRow> {
  const { rows } = await tx.query<{ id: string }>(
    `insert into conversations (id, bridge_id, customer_id, channel, brand_number, profile_id, customer_number, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (bridge_id, customer_id, channel, brand_number) do update
       set profile_id = coalesce(excluded.profile_id, conversations.profile_id),
           customer_number = coalesce(excluded.customer_number, conversations.customer_number)
     returning id`,
    [
      newId,
      key.bridgeId,
      key.customerId,
      key.channel,
      key.brandNumber,
      links.profileId ?? null,
      links.customerNumber ?? null,
      toIso(now),
    ],
  )
  return getConversation(tx, rows[0]?.id as ConversationId)
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

export async function getConversation(tx: Tx, id: ConversationId): Promise<ConversationRow> {
  const { rows } = await tx.query<Row>(`${SELECT} where c.id = $1`, [id])
  if (rows[0] === undefined) throw new Error(`conversation ${id} does not exist`)
  return toConversation(rows[0])
}

/** Holds the conversation's row until the transaction ends: one step at a time. */
export async function lockConversation(tx: Tx, id: ConversationId): Promise<ConversationRow> {
  await tx.query('select 1 from conversations where id = $1 for update', [id])
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
  klaviyoId: KlaviyoConversationId,
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

/** Makes a ticket the conversation's current one. Idempotent: adopting twice changes nothing. */
export async function adoptTicket(
  tx: Tx,
  conversation: { id: ConversationId; bridgeId: BridgeId },
  ticketId: TicketId,
): Promise<void> {
  await tx.query(
    'update conversations set ticket_id = $2, creating_effect_id = null where id = $1',
    [conversation.id, ticketId],
  )
  await tx.query(
    `insert into tickets (bridge_id, ticket_id, conversation_id) values ($1, $2, $3)
     on conflict (bridge_id, ticket_id) do update set conversation_id = excluded.conversation_id`,
    [conversation.bridgeId, ticketId, conversation.id],
  )
}

/** Writes a ticket's status unless a newer one, or `closed`, which is final, is known. */
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
     where tickets.status is distinct from 'closed' and (tickets.status_at is null or excluded.status_at >= tickets.status_at)`,
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

export async function findZendeskUser(
  tx: Tx,
  customerId: CustomerId,
): Promise<ZendeskUserId | null> {
  const { rows } = await tx.query<{ value: string }>(
    `select value from aliases where customer_id = $1 and kind = 'zendesk_user' limit 1`,
    [customerId],
  )
  return (rows[0]?.value ?? null) as ZendeskUserId | null
}

export async function saveZendeskUser(
  tx: Tx,
  bridgeId: BridgeId,
  customerId: CustomerId,
  userId: ZendeskUserId,
): Promise<void> {
  await tx.query(
    `insert into aliases (bridge_id, kind, value, customer_id) values ($1, 'zendesk_user', $2, $3) on conflict do nothing`,
    [bridgeId, userId, customerId],
  )
}

export async function forgetZendeskUser(
  tx: Tx,
  bridgeId: BridgeId,
  userId: ZendeskUserId,
): Promise<void> {
  await tx.query(
    `delete from aliases where bridge_id = $1 and kind = 'zendesk_user' and value = $2`,
    [bridgeId, userId],
  )
}

/** What intake recorded of a profile: its last consent change, and when a flow last texted it. */
export async function findProfileState(
  tx: Tx,
  bridgeId: BridgeId,
  profileId: ProfileId,
): Promise<ProfileState> {
  const { rows } = await tx.query<{
    consent: 'given' | 'withdrawn' | null
    consent_at: Date | null
    flow_message_at: Date | null
  }>(
    'select consent, consent_at, flow_message_at from profiles where bridge_id = $1 and profile_id = $2',
    [bridgeId, profileId],
  )
  const row = rows[0]
  return {
    lastConsent:
      row?.consent && row.consent_at
        ? { to: row.consent, at: instant(row.consent_at.getTime()) }
        : null,
    flowMessageAt: row?.flow_message_at ? instant(row.flow_message_at.getTime()) : null,
  }
}
