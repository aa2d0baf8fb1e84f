import type { PgBoss } from 'pg-boss'
import type { Fence, QueueName, Tx } from '../db/records.ts'

/**
 * Waiting, in pg-boss terms. A job that waits is *failed* and its retry's `start_after` is moved: its
 * lane stays blocked, every other lane runs. Giving a job back instead would let the next job of the
 * lane overtake it. This file and `claim.ts` hold the only SQL of ours on pg-boss's tables; seen on 12.38.0, 2026-11.
 */

/** One run of one job: the fence. A run that was taken over carries a retry count that is past. */
export type JobRun = { readonly queue: QueueName; readonly id: string; readonly retryCount: number }

/** Thrown when a run no longer owns its job; its writes roll back and its successor goes on. */
export class FenceLost extends Error {
  override readonly name = 'FenceLost'
}

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
