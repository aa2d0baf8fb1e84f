import type { BridgeId, ConnectionId } from '../kernel/ids.ts'
import { type Instant, toIso } from '../kernel/instant.ts'
import { HOW_IT_FAILED, REPORT, STILL_FAILING } from './overview-failing.ts'
import type { Platform, Tx } from './records.ts'

export type ConnectionState = {
  readonly id: ConnectionId
  readonly platform: Platform
  readonly account: string
  readonly address: string
  readonly state: 'ready' | 'reconnect'
  readonly stateReason: string | null
}

export type BridgeState = {
  readonly id: BridgeId
  readonly name: string
  readonly isActive: boolean
  readonly connections: readonly ConnectionState[]
}

/** Every bridge by name, with its connections, Zendesk's first. */
export async function listBridgeStates(tx: Tx): Promise<readonly BridgeState[]> {
  const { rows } = await tx.query<BridgeState>(
    `select b.id, b.name, b.activated_at is not null as "isActive",
       (select coalesce(json_agg(json_build_object('id', c.id, 'platform', c.platform, 'account', c.account_name, 'address', c.base_url,
          'state', c.state, 'stateReason', c.state_reason) order by c.platform desc), '[]')
        from connections c where c.id in (b.zendesk_id, b.klaviyo_id)) as connections
     from bridges b order by b.name`,
  )
  return rows
}

export type WaitingCount = {
  readonly bridgeId: BridgeId
  /** Null for what stands in line behind work that waits, or is being done right now. */
  readonly waitingFor: string | null
  readonly count: number
  readonly oldestAt: string
  readonly oldestEventId: string
}

/** Unfinished work by what it waits for, the longest first. */
export async function countWaiting(tx: Tx): Promise<readonly WaitingCount[]> {
  const { rows } = await tx.query<WaitingCount>(
    `select bridge_id as "bridgeId", waiting_for as "waitingFor", count(*)::int as count,
       to_json(min(created_at)) #>> '{}' as "oldestAt", (array_agg(event_id order by created_at, id))[1] as "oldestEventId"
     from work_items where state in ('open', 'decided')
     group by bridge_id, waiting_for order by min(created_at)`,
  )
  return rows
}

export type FailingCount = {
  readonly bridgeId: BridgeId
  readonly what: 'set_aside' | 'gave_up' | 'unknown' | 'undelivered'
  readonly count: number
}

/** What failed and waits for a person, by how it failed. */
export async function countFailing(tx: Tx): Promise<readonly FailingCount[]> {
  const { rows } = await tx.query<FailingCount>(
    `select bridge_id as "bridgeId", what, count(*)::int as count from (
       select bridge_id, 'set_aside' as what from work_items where state = 'set_aside'
       union all
       select f.bridge_id, ${HOW_IT_FAILED} from effects f where ${STILL_FAILING}
     ) failing group by bridge_id, what order by what`,
  )
  return rows
}

/** How many events each bridge took in since then; bridges without any are absent. */
export async function countEvents(tx: Tx, since: Instant): Promise<ReadonlyMap<BridgeId, number>> {
  const { rows } = await tx.query<{ id: BridgeId; count: number }>(
    'select bridge_id as id, count(*)::int as count from events where received_at >= $1 group by bridge_id',
    [toIso(since)],
  )
  return new Map(rows.map(({ id, count }) => [id, count]))
}

export type TextCounts = {
  readonly bridgeId: BridgeId
  /** Texts of customers. */
  readonly received: number
  /** Answers that Klaviyo took and has not reported as failed. */
  readonly sent: number
  /** Answers that did not arrive or were refused. */
  readonly failed: number
}

/** How many texts crossed each bridge each way since then, and how many answers failed. */
export async function countTexts(tx: Tx, since: Instant): Promise<readonly TextCounts[]> {
  const { rows } = await tx.query<TextCounts>(
    `select b.id as "bridgeId",
       (select count(*)::int from events where bridge_id = b.id and kind = 'customer_message' and received_at >= $1) as received,
       count(f.id) filter (where f.state = 'done' and f.delivery is distinct from 'failed')::int as sent,
       count(f.id) filter (where f.state = 'gave_up' or f.delivery = 'failed')::int as failed
     from bridges b left join effects f on f.bridge_id = b.id and f.kind = 'send_text' and f.settled_at >= $1
     group by b.id`,
    [toIso(since)],
  )
  return rows
}

export type LastText = {
  readonly bridgeId: BridgeId
  readonly at: string
  readonly eventId: string
  readonly conversationId: string | null
  readonly state: string
  readonly reason: string | null
  readonly waitingFor: string | null
}

/** The last text that a customer of each bridge sent, and how far it got. */
export async function findLastReceived(tx: Tx): Promise<readonly LastText[]> {
  const { rows } = await tx.query<LastText>(
    `select b.id as "bridgeId", to_json(e.event_at) #>> '{}' as at, e.id as "eventId",
       w.conversation_id as "conversationId", w.state, w.reason, w.waiting_for as "waitingFor"
     from bridges b
     cross join lateral (select id, event_at from events where bridge_id = b.id and kind = 'customer_message' order by id desc limit 1) e
     join work_items w on w.event_id = e.id`,
  )
  return rows
}

export type LastSent = LastText & {
  readonly delivery: 'delivered' | 'failed' | null
  /** Klaviyo's report on it, as it came. */
  readonly report: unknown
}

/** The last text of each bridge to a customer, and how far it got. */
export async function findLastSent(tx: Tx): Promise<readonly LastSent[]> {
  const { rows } = await tx.query<LastSent>(
    `select b.id as "bridgeId", to_json(e.event_at) #>> '{}' as at, e.id as "eventId",
       f.conversation_id as "conversationId", f.state, f.reason, f.delivery, w.waiting_for as "waitingFor", ${REPORT} as report
     from bridges b
     cross join lateral (select * from effects where bridge_id = b.id and kind = 'send_text' order by id desc limit 1) f
     join work_items w on w.id = f.work_item_id join events e on e.id = w.event_id`,
  )
  return rows
}
