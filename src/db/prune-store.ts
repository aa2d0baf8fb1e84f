import type { EventId } from '../kernel/ids.ts'
import { type Instant, toIso } from '../kernel/instant.ts'
import { STILL_FAILING } from './overview-failing.ts'
import type { Tx } from './records.ts'

/** One batch of a clearing: how many went, and where the next batch begins; null at the end. */
export type Pruned = { readonly count: number; readonly next: EventId | null }

/**
 * Deletes events received before `before`, with their work, effects and attempts, from `after` on, oldest
 * first. What is unfinished, or failed and waits for a person, stays however old it is. Copies that do
 * this at once take different events.
 */
export async function pruneEvents(
  tx: Tx,
  before: Instant,
  after: EventId | null,
  limit: number,
): Promise<Pruned> {
  const { rows } = await tx.query<{ looked: number; last: EventId | null; gone: number }>(
    `with old as (
       select e.id from events e where e.received_at < $1 and ($2::uuid is null or e.id > $2)
       order by e.id limit $3 for update skip locked),
     settled as (
       select o.id from old o where not exists (
         select 1 from work_items w left join effects f on f.work_item_id = w.id
         where w.event_id = o.id and (w.state <> 'done' or f.id is not null and ${STILL_FAILING}))),
     gone as (delete from events where id in (select id from settled) returning 1)
     select (select count(*)::int from old) as looked, (select max(id::text)::uuid from old) as last,
       (select count(*)::int from gone) as gone`,
    [toIso(before), after, limit],
  )
  const { looked = 0, last = null, gone = 0 } = rows[0] ?? {}
  return { count: gone, next: looked === limit ? last : null }
}

/** Deletes dedupe keys from before `before`; answers how many, at most `limit`. */
export async function pruneKeys(tx: Tx, before: Instant, limit: number): Promise<number> {
  const { rowCount } = await tx.query(
    `delete from intake_keys where ctid in (
       select ctid from intake_keys where at < $1 order by at limit $2 for update skip locked)`,
    [toIso(before), limit],
  )
  return rowCount ?? 0
}
