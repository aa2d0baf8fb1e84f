import type { QueueName, Tx } from '../db/records.ts'
import type { WorkItemId } from '../kernel/ids.ts'
import type { JobRun } from './parking.ts'

/*
 * Claiming: taking over, in one statement, jobs that may run. pg-boss's own fetch for its policy
 * `key_strict_fifo` looks at every waiting job; these look at a hundred or so, and leave to it what only
 * a look at everything can find. See docs/decisions/0014.
 */

/** A job that this process now owns. */
export type ClaimedJob = JobRun & { readonly workItemId: WorkItemId }

export type ClaimLimits = { readonly most: number; readonly mostPerGroup: number }

/** How many jobs a claim looks through, from one end of the line. */
const WINDOW = 128

/**
 * Claims up to `most` heads of free lanes, the oldest first, at most `mostPerGroup` of one group at once.
 * `sawAll` is false when more wait than it looked at.
 */
export async function claimHeads(
  tx: Tx,
  queue: QueueName,
  limits: ClaimLimits,
): Promise<{ readonly jobs: readonly ClaimedJob[]; readonly sawAll: boolean }> {
  const { jobs, seen } = await claim(tx, OLDEST, queue, limits)
  return { jobs, sawAll: seen < WINDOW }
}

/**
 * The same from the other end of the line: the newest jobs that are alone in their lane. So what comes in
 * for somebody idle does not stand behind a line that cannot move, however long.
 */
export async function claimNewest(
  tx: Tx,
  queue: QueueName,
  limits: ClaimLimits,
): Promise<readonly ClaimedJob[]> {
  return (await claim(tx, NEWEST, queue, limits)).jobs
}

async function claim(
  tx: Tx,
  sql: string,
  queue: QueueName,
  { most, mostPerGroup }: ClaimLimits,
): Promise<{ readonly jobs: readonly ClaimedJob[]; readonly seen: number }> {
  type Row = { id: string; retryCount: number; workItemId: WorkItemId; seen: number }
  const { rows } = await tx.query<Row>(sql, [queue, WINDOW, most, mostPerGroup])
  const jobs = rows.filter(({ id }) => id !== null)
  return {
    jobs: jobs.map(({ seen: _seen, ...job }) => ({ queue, ...job })),
    seen: rows[0]?.seen ?? 0,
  }
}

const MAY_RUN = `name = $1 and state < 'active' and not blocked and start_after <= pgboss.job_now()`

// What blocks a lane stands in a subquery of its own, so that it is a look into an index whatever is planned.
const LANE_IS_FREE = `(select count(*) from (select 1 from pgboss.job b where b.name = $1 and b.singleton_key = o.singleton_key
  and b.state in ('active', 'retry', 'failed') and b.policy = 'key_strict_fifo' and b.id <> o.id limit 1) blocking) = 0`

const IS_ALONE = `(select count(*) from (select 1 from pgboss.job e where e.name = $1 and e.singleton_key = o.singleton_key
  and e.state < 'active' and not e.blocked and e.policy = 'key_strict_fifo' and e.id <> o.id limit 1) others) = 0`

/** Chooses among the `heads` and takes them over; `seen` is how many jobs were looked at. */
const TAKE_HEADS = `
  running as materialized (
    select group_id, count(*) as count from pgboss.job
    where name = $1 and state = 'active' and group_id is not null group by group_id),
  chosen as (
    select id from (select h.id, h.created_on, row_number() over (partition by h.group_id order by h.created_on, h.id)
        + coalesce((select r.count from running r where r.group_id = h.group_id), 0) as place from heads h) placed
    where place <= $4 order by created_on, id limit $3),
  claimed as (
    update pgboss.job j set state = 'active', started_on = pgboss.job_now(), heartbeat_on = pgboss.job_now(),
      retry_count = case when started_on is not null then retry_count + 1 else retry_count end
    where j.name = $1 and j.id = any(array(
      select k.id from pgboss.job k where k.name = $1 and k.id = any(array(select id from chosen)) and k.state < 'active' for update skip locked))
    returning j.id, j.retry_count, j.data->>'workItemId' as work_item, j.created_on)
  select c.id, c.retry_count as "retryCount", c.work_item as "workItemId", s.seen
  from (select count(*)::int as seen from looked) s left join claimed c on true order by c.created_on, c.id`

// The oldest jobs hold every elder of each of them, so a lane's head is its first one there.
const OLDEST = `
  with looked as materialized (
    select o.*, row_number() over (partition by o.singleton_key order by o.state desc, o.created_on, o.id) as turn from (
      select id, singleton_key, group_id, created_on, state from pgboss.job
      where ${MAY_RUN} order by priority desc, created_on, id limit $2) o),
  heads as materialized (
    select o.id, o.group_id, o.created_on from looked o where o.turn = 1 and ${LANE_IS_FREE}),${TAKE_HEADS}`

const NEWEST = `
  with looked as materialized (
    select id, singleton_key, group_id, created_on from pgboss.job
    where ${MAY_RUN} order by priority, created_on desc limit $2),
  heads as materialized (
    select o.id, o.group_id, o.created_on from looked o where ${LANE_IS_FREE} and ${IS_ALONE}),${TAKE_HEADS}`
