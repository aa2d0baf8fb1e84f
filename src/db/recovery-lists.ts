import type { EventId } from '../kernel/ids.ts'
import { STILL_FAILING } from './overview-failing.ts'
import type { Tx } from './records.ts'

/** Which of the failures, or of the events: of a bridge, received in a span of time. Times are ISO 8601. */
export type Among = {
  readonly bridge: string | null
  readonly since: string | null
  readonly until: string | null
  /** The last id of the page before. */
  readonly after: string | null
  readonly limit: number
}

/** The received event `e` of the bridge `b` is meant. $1 to $3 are bridge, since and until. */
const MEANT = `($1::text is null or b.name = $1) and ($2::timestamptz is null or e.received_at >= $2)
  and ($3::timestamptz is null or e.received_at < $3)`

/** Ids of what failed and waits for a person, oldest first: effects, and work items that were set aside. */
export async function listFailingIds(tx: Tx, among: Among): Promise<readonly string[]> {
  const { rows } = await tx.query<{ id: string }>(
    `with failing as (
       (select f.id, f.work_item_id as work_id from effects f where ${STILL_FAILING})
       union all (select id, id from work_items where state = 'set_aside'))
     select x.id from failing x join work_items w on w.id = x.work_id join events e on e.id = w.event_id
       join bridges b on b.id = e.bridge_id
     where ${MEANT} and ($4::uuid is null or x.id > $4) order by x.id limit $5`,
    [among.bridge, among.since, among.until, among.after, among.limit],
  )
  return rows.map(({ id }) => id)
}

/** Ids of events, in the order in which they came. */
export async function listEventIds(tx: Tx, among: Among): Promise<readonly EventId[]> {
  const { rows } = await tx.query<{ id: EventId }>(
    `select e.id from events e join bridges b on b.id = e.bridge_id
     where ${MEANT} and e.source <> 'replyline' and ($4::uuid is null or e.id > $4) order by e.id limit $5`,
    [among.bridge, among.since, among.until, among.after, among.limit],
  )
  return rows.map(({ id }) => id)
}
