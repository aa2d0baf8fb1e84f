import {
  ATTEMPTS,
  type AttemptStory,
  INTERVENTIONS,
  type InterventionStory,
} from './attempts-json.ts'
import { REPORT } from './overview-failing.ts'
import type { Tx } from './records.ts'

/** One event of a conversation with all that followed from it. Times are ISO 8601. */
export type TimelineEvent = {
  readonly id: string
  readonly source: string
  readonly kind: string
  readonly remoteId: string
  readonly ticketId: string | null
  readonly eventAt: string
  readonly receivedAt: string
  readonly payload: unknown
  readonly work: readonly TimelineWork[]
}

export type TimelineWork = {
  readonly id: string
  readonly about: string
  readonly state: string
  readonly reason: string | null
  readonly waitingFor: string | null
  readonly waitingUntil: string | null
  readonly error: string | null
  readonly interventions: readonly InterventionStory[]
  readonly effects: readonly TimelineEffect[]
}

export type TimelineEffect = {
  readonly id: string
  readonly kind: string
  readonly state: string
  readonly reason: string | null
  readonly delivery: string | null
  /** Klaviyo's report on a text, as it came; null without one. */
  readonly report: unknown
  /** What was to be written, in its own words. */
  readonly text: string | null
  readonly ticketId: string | null
  readonly isDismissed: boolean
  readonly attempts: readonly AttemptStory[]
}

const EFFECTS = `(select coalesce(json_agg(json_build_object('id', f.id, 'kind', f.kind, 'state', f.state, 'reason', f.reason, 'delivery', f.delivery, 'isDismissed', f.dismissed_at is not null, 'report', ${REPORT},
  'text', f.payload->>'body', 'ticketId', coalesce(f.result->>'ticketId', f.payload->>'ticketId', f.payload->'ticket'->>'ticketId'), 'attempts', ${ATTEMPTS}) order by f.ordinal), '[]')
  from effects f where f.work_item_id = w.id)`
const WORK = `(select coalesce(json_agg(json_build_object('id', w.id, 'about', w.about, 'state', w.state, 'reason', w.reason, 'waitingFor', w.waiting_for,
  'waitingUntil', w.waiting_until, 'error', w.error, 'interventions', ${INTERVENTIONS}, 'effects', ${EFFECTS}) order by w.id), '[]') from work_items w where w.event_id = e.id)`

/** Of a customer with two conversations, what was decided or written for the other one is not shown. */
const NOT_OF_ANOTHER = `not exists (select 1 from work_items w where w.event_id = e.id and w.conversation_id <> $1)
  and not exists (select 1 from tickets t where t.bridge_id = e.bridge_id and t.ticket_id = e.ticket_id and t.conversation_id <> $1)`
const EARLIER = '($2::uuid is null or e.id < $2::uuid)'

/**
 * The newest events of a conversation before `before`, oldest first: those of its customer, and those of
 * its tickets from before Replyline knew whose they were.
 */
export async function findTimeline(
  tx: Tx,
  conversationId: string,
  page: { readonly before: string | null; readonly limit: number },
): Promise<readonly TimelineEvent[]> {
  const { rows } = await tx.query<TimelineEvent>(
    `with c as (select id, bridge_id, customer_id from conversations where id = $1),
     mine as (
       (select e.id from events e where e.customer_id = (select customer_id from c) and ${EARLIER} and ${NOT_OF_ANOTHER} order by e.id desc limit $3)
       union
       (select e.id from events e join tickets o on o.conversation_id = $1 and o.ticket_id = e.ticket_id and o.bridge_id = e.bridge_id
        where ${EARLIER} order by e.id desc limit $3))
     select e.id, e.source, e.kind, e.remote_id as "remoteId", e.ticket_id as "ticketId",
       to_json(e.event_at) #>> '{}' as "eventAt", to_json(e.received_at) #>> '{}' as "receivedAt", e.payload, ${WORK} as work
     from (select id from mine order by id desc limit $3) m join events e on e.id = m.id order by e.id`,
    [conversationId, page.before, page.limit],
  )
  return rows
}

export type TicketOfConversation = { readonly id: string; readonly status: string | null }

/** Every ticket that a conversation has had, the newest first. */
export async function listTickets(
  tx: Tx,
  conversationId: string,
): Promise<readonly TicketOfConversation[]> {
  const { rows } = await tx.query<TicketOfConversation>(
    `select ticket_id as id, status from tickets where conversation_id = $1
     order by length(ticket_id) desc, ticket_id desc`,
    [conversationId],
  )
  return rows
}

/** What intake last heard of the consent of a conversation's profile; null when nothing. */
export async function findConsent(
  tx: Tx,
  conversationId: string,
): Promise<{ readonly to: 'given' | 'withdrawn'; readonly at: string } | null> {
  const { rows } = await tx.query<{ to: 'given' | 'withdrawn'; at: string }>(
    `select p.consent as to, to_json(p.consent_at) #>> '{}' as at from conversations c
     join profiles p on p.bridge_id = c.bridge_id and p.profile_id = c.profile_id
     where c.id = $1 and p.consent is not null`,
    [conversationId],
  )
  return rows[0] ?? null
}
