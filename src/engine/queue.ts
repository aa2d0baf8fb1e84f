import { PgBoss } from 'pg-boss'
import type { JobDraft, QueueName, Tx } from '../db/records.ts'
import { bossDb } from './parking.ts'

export const QUEUES: readonly QueueName[] = ['live', 'metrics']

/** A job lives until its work is done: waiting may burn any number of retries, over any number of days. */
const MAX_RETRIES = 2_000_000_000
const TEN_YEARS_SECONDS = 10 * 365 * 24 * 3600

/** Seconds after which a killed process's job is taken over; the least pg-boss allows. */
const HEARTBEAT_SECONDS = 10
/** How often the dead are looked for: with the heartbeat, takeover takes about 15 seconds at most. */
const SUPERVISE_SECONDS = 3

/**
 * Opens pg-boss on the given connection and makes the queues. Migrates its schema when needed. Only who
 * runs for long looks after other processes' dead jobs (`supervise`).
 */
export async function openQueue(
  db: Tx,
  onError: (error: Error) => void,
  { supervise } = { supervise: true },
): Promise<PgBoss> {
  const boss = new PgBoss({
    db: bossDb(db),
    schema: 'pgboss',
    schedule: false,
    supervise,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
    persistWarnings: false,
  })
  boss.on('error', onError)
  await boss.start()
  for (const name of QUEUES) await ensureQueue(boss, name)
  return boss
}

async function ensureQueue(boss: PgBoss, name: QueueName): Promise<void> {
  if ((await boss.getQueue(name)) !== null) return
  await boss.createQueue(name, {
    policy: 'key_strict_fifo',
    retryLimit: MAX_RETRIES,
    retryDelay: 0,
    retentionSeconds: TEN_YEARS_SECONDS,
    expireInSeconds: 24 * 3600 - 1,
    deleteAfterSeconds: 3600,
    heartbeatSeconds: HEARTBEAT_SECONDS,
  })
}

/**
 * Enqueues work in the transaction that stores it. The job's id is the work item's: a monotonic
 * UUIDv7, because jobs of one lane that were inserted together are ordered by id.
 */
export async function insertJobs(boss: PgBoss, tx: Tx, drafts: readonly JobDraft[]): Promise<void> {
  for (const queue of QUEUES) {
    const jobs = drafts.filter((draft) => draft.queue === queue)
    if (jobs.length === 0) continue
    await boss.insert(
      queue,
      jobs.map((draft) => ({
        id: draft.workItemId,
        data: { workItemId: draft.workItemId },
        singletonKey: draft.lane,
        group: { id: draft.group },
      })),
      { db: bossDb(tx) },
    )
  }
}
