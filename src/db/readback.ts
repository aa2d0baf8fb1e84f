import {
  ATTEMPTS,
  type AttemptStory,
  INTERVENTIONS,
  type InterventionStory,
} from './attempts-json.ts'
import { STILL_FAILING } from './overview-failing.ts'
import type { Tx } from './records.ts'

/** What an operator sees of an event: the whole way from delivery to attempts. */
export type EventStory = {
  readonly id: string
  readonly bridge: string
  readonly source: string
  readonly kind: string
  readonly remoteId: string
  readonly ticketId: string | null
  readonly eventAt: string
  readonly receivedAt: string
  readonly work: readonly WorkStory[]
}

export type WorkStory = {
  readonly id: string
  readonly about: string
  readonly lane: string
  /** Null until it is decided, and for work that belongs to none. */
  readonly conversationId: string | null
  readonly state: string
  readonly reason: string | null
  readonly waitingFor: string | null
  readonly waitingUntil: string | null
  readonly error: string | null
  readonly interventions: readonly InterventionStory[]
  readonly effects: readonly EffectStory[]
}

export type EffectStory = {
  readonly id: string
  readonly kind: string
  readonly state: string
  readonly reason: string | null
  readonly result: unknown
  readonly delivery: string | null
  readonly isDismissed: boolean
  readonly attempts: readonly AttemptStory[]
}

const EFFECTS = `(select coalesce(json_agg(json_build_object('id', f.id, 'kind', f.kind, 'state', f.state, 'reason', f.reason, 'result', f.result, 'delivery', f.delivery, 'isDismissed', f.dismissed_at is not null, 'attempts', ${ATTEMPTS}) order by f.ordinal), '[]')
  from effects f where f.work_item_id = w.id)`
const WORK = `(select coalesce(json_agg(json_build_object('id', w.id, 'about', w.about, 'lane', w.lane, 'conversationId', w.conversation_id, 'state', w.state, 'reason', w.reason, 'waitingFor', w.waiting_for,
  'waitingUntil', w.waiting_until, 'error', w.error, 'interventions', ${INTERVENTIONS}, 'effects', ${EFFECTS}) order by w.id), '[]') from work_items w where w.event_id = e.id)`
const STORY = `select e.id, b.name as bridge, e.source, e.kind, e.remote_id as "remoteId", e.ticket_id as "ticketId",
  to_json(e.event_at) #>> '{}' as "eventAt", to_json(e.received_at) #>> '{}' as "receivedAt", ${WORK} as work
  from events e join bridges b on b.id = e.bridge_id`

const MOST = 200
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/**
 * Every event an id leads to, newest first: our own event id, the platform's event id, a comment's id,
 * a ticket's number, or the id of a work item or effect.
 */
export async function findStories(
  tx: Tx,
  id: string,
  limit = MOST,
): Promise<readonly EventStory[]> {
  // PostgreSQL takes no NUL in a text, so no id has one.
  if (id.includes('\u0000')) return []
  const uuid = UUID.test(id) ? id : null
  const { rows } = await tx.query<EventStory>(
    `${STORY} where e.id in (
       select id from events where id = $1::uuid or remote_id = $2 or ticket_id = $2 or comment_id = $2
       union select event_id from work_items where id = $1::uuid
       union select w.event_id from ledger l join effects f on f.id = l.effect_id join work_items w on w.id = f.work_item_id
         where l.ticket_id = $2
       union select w.event_id from work_items w join effects f on f.work_item_id = w.id where f.id = $1::uuid)
     order by e.received_at desc, e.id desc limit $3`,
    [uuid, id, limit],
  )
  return rows
}

/** The newest events, before `before` when paging on. */
export async function listStories(
  tx: Tx,
  options: { readonly limit: number; readonly before: string | null },
): Promise<readonly EventStory[]> {
  const { rows } = await tx.query<EventStory>(
    `${STORY} where $2::uuid is null or e.id < $2::uuid order by e.id desc limit $1`,
    [Math.min(options.limit, MOST), options.before],
  )
  return rows
}

/** What did not go well and still waits for a person: given up, unknown, undelivered, set aside. */
export async function listFailures(tx: Tx, limit: number): Promise<readonly EventStory[]> {
  const { rows } = await tx.query<EventStory>(
    `${STORY} where e.id in (
       (select event_id from work_items where state = 'set_aside' order by id desc limit $1)
       union (select w.event_id from effects f join work_items w on w.id = f.work_item_id
         where ${STILL_FAILING} order by w.id desc limit $1))
     order by e.id desc limit $1`,
    [Math.min(limit, MOST)],
  )
  return rows
}
