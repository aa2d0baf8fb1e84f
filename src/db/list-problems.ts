import {
  ATTEMPTS,
  type AttemptStory,
  INTERVENTIONS,
  type InterventionStory,
} from './attempts-json.ts'
import { REPORT, STILL_FAILING } from './overview-failing.ts'
import type { Tx } from './records.ts'

/** One thing that failed and waits for a person: an effect, or work that was set aside. Times are ISO 8601. */
export type Problem = {
  readonly id: string
  readonly bridge: string
  readonly eventId: string
  readonly source: string
  readonly eventKind: string
  readonly remoteId: string
  readonly payload: unknown
  readonly at: string
  /** Why the work was decided as it was. */
  readonly decision: string | null
  /** Why it was set aside, where it was. */
  readonly error: string | null
  /** Null for work that was set aside. */
  readonly effect: {
    readonly kind: string
    readonly state: string
    readonly reason: string | null
    readonly delivery: string | null
    readonly report: unknown
    readonly text: string | null
    readonly attempts: readonly AttemptStory[]
  } | null
  readonly interventions: readonly InterventionStory[]
  readonly ticketId: string | null
  readonly zendeskAddress: string
  readonly conversationId: string | null
  readonly customerName: string | null
  readonly customerNumber: string | null
}

const EFFECT = `case when f.id is null then null else json_build_object('kind', f.kind, 'state', f.state, 'reason', f.reason,
  'delivery', f.delivery, 'report', ${REPORT}, 'text', f.payload->>'body', 'attempts', ${ATTEMPTS}) end`
const TICKET = `coalesce(f.result->>'ticketId', f.payload->>'ticketId', f.payload->'ticket'->>'ticketId', e.ticket_id)`

/** What failed and still waits for a person, newest first. */
export async function listProblems(tx: Tx, limit: number): Promise<readonly Problem[]> {
  const { rows } = await tx.query<Problem>(
    `with failing as (
       (select f.work_item_id as work_id, f.id as effect_id from effects f where ${STILL_FAILING} order by f.id desc limit $1)
       union all
       (select id, null from work_items where state = 'set_aside' order by id desc limit $1))
     select coalesce(f.id, w.id) as id, b.name as bridge, e.id as "eventId", e.source, e.kind as "eventKind",
       e.remote_id as "remoteId", e.payload, to_json(coalesce(f.settled_at, w.created_at)) #>> '{}' as at,
       w.reason as decision, ${INTERVENTIONS} as interventions, case when f.id is null then coalesce(w.error, '') end as error, ${EFFECT} as effect,
       ${TICKET} as "ticketId", z.base_url as "zendeskAddress", c.id as "conversationId",
       c.customer_name as "customerName", c.customer_number as "customerNumber"
     from failing x join work_items w on w.id = x.work_id join events e on e.id = w.event_id
       join bridges b on b.id = e.bridge_id join connections z on z.id = b.zendesk_id
       left join effects f on f.id = x.effect_id
       left join conversations c on c.id = coalesce(f.conversation_id, w.conversation_id)
     order by coalesce(f.settled_at, w.created_at) desc, coalesce(f.id, w.id) desc limit $1`,
    [limit],
  )
  return rows
}
