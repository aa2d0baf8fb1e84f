import type { PgBoss } from 'pg-boss'
import type { Fence, QueueName, Tx } from '../db/records.ts'
import type { WorkItemId } from '../kernel/ids.ts'

/**
 * Waiting, in pg-boss terms. A job that waits is *failed* and its retry's `start_after` is moved: its
 * lane stays blocked, every other lane runs. Giving a job back instead would let the next job of the
 * lane overtake it. This file holds the only SQL of ours on pg-boss's tables; seen on 12.38.0, 2026-11.
 */

/** One run of one job: the fence. A run that was taken over carries a retry count that is past. */
export type JobRun = { readonly queue: QueueName; readonly id: string; readonly retryCount: number }

/** Thrown when a run no longer owns its job; its writes roll back and its successor goes on. */
export class FenceLost extends Error {
  override readonly name = 'FenceLost'
}

/** A job that this process now owns. */
export type ClaimedJob = JobRun & { readonly workItemId: WorkItemId }

/** How many of the oldest waiting jobs a claim looks through. */
const WINDOW = 128

/**
 * Claims up to `most` heads of free lanes, the oldest first, at most `mostPerGroup` of one group at once.
 * It is what pg-boss's fetch does for its policy `key_strict_fifo`, but that looks at every waiting job,
 * and this at the oldest hundred or so. `sawAll` is false when more wait than it looked at: then only
 * pg-boss's own fetch can tell that nothing more can be claimed.
 */
export async function claimHeads(
  tx: Tx,
  queue: QueueName,
  { most, mostPerGroup }: { readonly most: number; readonly mostPerGroup: number },
): Promise<{ readonly jobs: readonly ClaimedJob[]; readonly sawAll: boolean }> {
  const { rows } = await tx.query<{
    id: string
    retryCount: number
    workItemId: WorkItemId
    seen: number
  }>(CLAIM, [queue, WINDOW, most, mostPerGroup])
  const jobs = rows.filter(({ id }) => id !== null)
  return {
    jobs: jobs.map(({ seen: _seen, ...job }) => ({ queue, ...job })),
    sawAll: (rows[0]?.seen ?? 0) < WINDOW,
  }
}

// The oldest jobs hold every elder of each of them, so a lane's head is its first one there. What blocks
// a lane stands in a subquery of its own, so that it is a look into an index whatever is planned.
const CLAIM = `
  with oldest as materialized (
    select o.*, row_number() over (partition by o.singleton_key order by o.state desc, o.created_on, o.id) as turn from (
      select id, singleton_key, group_id, created_on, state from pgboss.job
      where name = $1 and state < 'active' and not blocked and start_after <= pgboss.job_now()
      order by priority desc, created_on, id limit $2) o),
  heads as materialized (
    select o.id, o.group_id, o.created_on from oldest o
    where o.turn = 1 and (select count(*) from (select 1 from pgboss.job b where b.name = $1 and b.singleton_key = o.singleton_key
      and b.state in ('active', 'retry', 'failed') and b.policy = 'key_strict_fifo' and b.id <> o.id limit 1) blocking) = 0),
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
  from (select count(*)::int as seen from oldest) s left join claimed c on true order by c.created_on, c.id`

/** Proves, inside the transaction about to write, that this run still owns its job. */
export async function holdFence(tx: Tx, run: JobRun): Promise<void> {
  const { sql, values } = fenceOf(run)
  const { rowCount } = await tx.query(sql, values)
  expectHeld(run, rowCount === 1)
}

/** The same as the first part of a statement that writes; it must go no further when no row is held. */
export function fenceOf({ queue, id, retryCount }: JobRun): Fence {
  const sql = `select 1 from pgboss.job where name = $1 and id = $2 and state = 'active' and retry_count = $3 for no key update`
  return { sql, values: [queue, id, retryCount] }
}

export function expectHeld(run: JobRun, isHeld: boolean): void {
  if (!isHeld) throw new FenceLost(`job ${run.id} was taken over`)
}

/** Completes the job in the transaction that settles its work. */
export async function completeJob(boss: PgBoss, tx: Tx, run: JobRun): Promise<void> {
  const done = await boss.complete(run.queue, run, null, { db: bossDb(tx) })
  if (affected(done) !== 1) throw new FenceLost(`job ${run.id} was taken over`)
}

/** Lets the job and its lane wait `delayMs`; the next run has a higher retry count. */
export async function parkJob(boss: PgBoss, tx: Tx, run: JobRun, delayMs: number): Promise<void> {
  const failed = await boss.fail(run.queue, run, null, { db: bossDb(tx) })
  if (affected(failed) !== 1) throw new FenceLost(`job ${run.id} was taken over`)
  await tx.query(
    `update pgboss.job set start_after = now() + $3 * interval '1 millisecond' where name = $1 and id = $2 and state = 'retry'`,
    [run.queue, run.id, Math.max(0, Math.round(delayMs))],
  )
}

/** Makes a parked job of a work item due at once; the job's id is the item's. */
export async function unparkWorkItem(tx: Tx, workItemId: string): Promise<void> {
  await tx.query(
    `update pgboss.job set start_after = now() where name in ('live', 'metrics') and id = $1 and state = 'retry'`,
    [workItemId],
  )
}

/** Makes every parked job of these groups due at once: what they waited for has come. */
export async function unparkGroups(tx: Tx, groups: readonly string[]): Promise<void> {
  await tx.query(
    `update pgboss.job set start_after = now() where name in ('live', 'metrics') and state = 'retry' and group_id = any($1) and start_after > now()`,
    [groups],
  )
}

/** Takes a work item's job out of its lane; false when a process is working on it. */
export async function dropJob(tx: Tx, workItemId: string): Promise<boolean> {
  await tx.query(
    `delete from pgboss.job where name in ('live', 'metrics') and id = $1 and state in ('created', 'retry', 'failed')`,
    [workItemId],
  )
  const { rows } = await tx.query(
    `select 1 from pgboss.job where name in ('live', 'metrics') and id = $1 and state = 'active'`,
    [workItemId],
  )
  return rows.length === 0
}

/** Removes what is left of finished work's job, so that one of the same id can follow; answers its retry count. */
export async function forgetJob(tx: Tx, workItemId: string): Promise<number> {
  const { rows } = await tx.query<{ retry_count: number }>(
    `delete from pgboss.job where name in ('live', 'metrics') and id = $1 and state in ('completed', 'cancelled') returning retry_count`,
    [workItemId],
  )
  return rows[0]?.retry_count ?? 0
}

/** Raises a new job's retry count, so that no run of its predecessor passes the fence, and lets it start later. */
export async function succeedJob(
  tx: Tx,
  workItemId: string,
  { retryCount, delayMs }: { readonly retryCount: number; readonly delayMs: number },
): Promise<void> {
  await tx.query(
    `update pgboss.job set retry_count = $2, start_after = now() + $3 * interval '1 millisecond'
     where name in ('live', 'metrics') and id = $1 and state = 'created'`,
    [workItemId, retryCount, delayMs],
  )
}

/** Gives every active job back to its lane. Only when no other process can own them: at boot, alone. */
export async function releaseActiveJobs(tx: Tx): Promise<number> {
  const { rowCount } = await tx.query(
    `update pgboss.job set state = 'retry', retry_count = retry_count + 1, start_after = now(), heartbeat_on = null where state = 'active' and name in ('live', 'metrics')`,
  )
  return rowCount ?? 0
}

/** Moves what waits closer by `deltaMs`: a sandbox's clock was advanced. */
export async function shiftParked(tx: Tx, deltaMs: number): Promise<void> {
  await tx.query(
    `update pgboss.job set start_after = start_after - $1 * interval '1 millisecond' where state in ('created', 'retry') and start_after > now()`,
    [deltaMs],
  )
}

/** Which of these work items have a job that is not finished. */
export async function findJobsOf(
  tx: Tx,
  workItemIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ id: string }>(
    `select id from pgboss.job where name in ('live', 'metrics') and id = any($1::uuid[]) and state in ('created', 'retry', 'active', 'failed')`,
    [workItemIds],
  )
  return new Set(rows.map(({ id }) => id))
}

/** How many jobs wait or run, for readiness and metrics. */
export async function countJobs(
  tx: Tx,
): Promise<readonly { queue: string; state: string; count: number }[]> {
  const { rows } = await tx.query<{ queue: string; state: string; count: number }>(
    `select name as queue, state::text, count(*)::int as count from pgboss.job where name in ('live', 'metrics') and state in ('created', 'retry', 'active') group by 1, 2`,
  )
  return rows
}

/** Part of every settle answer of pg-boss 12, though its types leave it out. */
function affected(response: object): number {
  return (response as { affected?: number }).affected ?? 0
}

/** pg-boss's door to a transaction of ours. */
export function bossDb(tx: Tx): {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>
} {
  return { executeSql: (text, values) => tx.query(text, values) }
}
