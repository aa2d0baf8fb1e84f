import type { PgBoss } from 'pg-boss'
import type { QueueName } from '../db/records.ts'
import type { WorkItemId } from '../kernel/ids.ts'
import type { JobRun } from './parking.ts'

/** A claimed job: one run of one work item. */
export type ClaimedRun = JobRun & { readonly workItemId: WorkItemId }

export type Worker = {
  /** Says that work may be there; cheap, may be called often. */
  wake(): void
  /** Takes no more jobs and waits for those running. */
  stop(): Promise<void>
}

type Options = {
  readonly boss: PgBoss
  readonly queue: QueueName
  /** Jobs at once in this process. */
  readonly slots: number
  /** Jobs at once of one connection, over all processes. */
  readonly slotsPerGroup: number
  /** Runs one job to its end; must settle or park it, and must not throw. */
  readonly run: (run: ClaimedRun) => Promise<void>
  readonly onError: (error: unknown) => void
}

/** How long until a look for work that nobody announced: parked jobs that came due, other processes' jobs. */
const POLL_MS = 250
const TOUCH_MS = 3_000

/**
 * Fetches as many jobs as there are free slots, runs each on its own, and settles each on its own: a
 * slow call never holds up its neighbours. While jobs run their heartbeat is renewed; a process that
 * dies stops renewing and its jobs are taken over.
 */
export function startWorker(options: Options): Worker {
  const running = new Map<string, { run: ClaimedRun; ended: Promise<void> }>()
  let stopping = false
  let fetching: Promise<void> | null = null
  let again = false

  const poll = setInterval(wake, POLL_MS)
  const touch = setInterval(() => void touchRunning().catch(options.onError), TOUCH_MS)

  function wake(): void {
    if (stopping) return
    if (fetching !== null) {
      again = true
      return
    }
    fetching = fetchAndRun()
      .catch(options.onError)
      .finally(() => {
        fetching = null
        if (again) {
          again = false
          wake()
        }
      })
  }

  async function fetchAndRun(): Promise<void> {
    const free = options.slots - running.size
    if (free <= 0) return
    const jobs = await options.boss.fetch<{ workItemId: WorkItemId }>(options.queue, {
      batchSize: free,
      includeMetadata: true,
      groupConcurrency: options.slotsPerGroup,
    })
    for (const job of jobs)
      start({
        queue: options.queue,
        id: job.id,
        retryCount: job.retryCount,
        workItemId: job.data.workItemId,
      })
    if (jobs.length === free) again = true
  }

  function start(run: ClaimedRun): void {
    const ended = options
      .run(run)
      .catch(options.onError)
      .finally(() => {
        running.delete(run.id)
        wake()
      })
    running.set(run.id, { run, ended })
  }

  async function touchRunning(): Promise<void> {
    const runs = [...running.values()].map(({ run }) => run)
    if (runs.length > 0) await options.boss.touch(options.queue, runs)
  }

  wake()
  return {
    wake,
    async stop() {
      stopping = true
      clearInterval(poll)
      await fetching
      await Promise.all([...running.values()].map(({ ended }) => ended))
      clearInterval(touch)
    },
  }
}
