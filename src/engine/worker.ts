import { setTimeout as delay } from 'node:timers/promises'
import type { PgBoss } from 'pg-boss'
import type { QueueName, Tx } from '../db/records.ts'
import type { WorkItemId } from '../kernel/ids.ts'
import { type ClaimedJob, claimHeads, claimNewest } from './claim.ts'

/** A claimed job: one run of one work item. */
export type ClaimedRun = ClaimedJob

export type Worker = {
  /** Says that work may be there; cheap, may be called often. */
  wake(): void
  /** Takes no more jobs and waits for those running. */
  stop(): Promise<void>
}

type Options = {
  readonly boss: PgBoss
  readonly db: Tx
  readonly queue: QueueName
  /** Jobs at once in this process. */
  readonly slots: number
  /** Jobs at once of one connection, over all processes. */
  readonly slotsPerGroup: number
  /** Runs one job to its end; must settle or park it, and must not throw. */
  readonly run: (run: ClaimedRun) => Promise<void>
  readonly onError: (error: unknown) => void
  /** Hears how long a claim took. */
  readonly onClaim: (seconds: number) => void
}

/** How long until a look for work that nobody announced: parked jobs that came due, other processes' jobs. */
const POLL_MS = 250
const TOUCH_MS = 3_000
/** A look at every waiting job costs more the more there wait: it is left alone for so many times as long. */
const FULL_LOOK_REST = 4

/**
 * Claims as many jobs as there are free slots, runs each on its own, and settles each on its own: a
 * slow call never holds up its neighbours. While jobs run their heartbeat is renewed; a process that
 * dies stops renewing and its jobs are taken over.
 *
 * After a claim it rests as long as the claim took. With nothing to do that is nothing; under load one
 * claim then takes what several runs have made room for.
 */
export function startWorker(options: Options): Worker {
  const running = new Map<string, { run: ClaimedRun; ended: Promise<void> }>()
  let stopping = false
  let fetching: Promise<void> | null = null
  let again = false
  let nextFullLook = Number.NEGATIVE_INFINITY

  const poll = setInterval(wake, POLL_MS)
  const touch = setInterval(() => void touchRunning().catch(options.onError), TOUCH_MS)

  function wake(): void {
    if (stopping) return
    if (fetching !== null) {
      again = true
      return
    }
    fetching = claimAndRun()
      .catch(options.onError)
      .finally(() => {
        fetching = null
        if (again) {
          again = false
          wake()
        }
      })
  }

  async function claimAndRun(): Promise<void> {
    const free = options.slots - running.size
    if (free <= 0) return
    const began = performance.now()
    const jobs = await claim(free)
    const tookMs = performance.now() - began
    options.onClaim(tookMs / 1000)
    for (const job of jobs) start(job)
    if (jobs.length === free) again = true
    if (!stopping) await delay(tookMs)
  }

  async function claim(most: number): Promise<readonly ClaimedRun[]> {
    const { queue, slotsPerGroup } = options
    const limits = { most, mostPerGroup: slotsPerGroup }
    const { jobs: oldest, sawAll } = await claimHeads(options.db, queue, limits)
    if (sawAll || oldest.length === most) return oldest
    const left = { ...limits, most: most - oldest.length }
    const jobs = [...oldest, ...(await claimNewest(options.db, queue, left))]
    const began = performance.now()
    if (jobs.length === most || began < nextFullLook) return jobs
    const more = await fetchMore(most - jobs.length)
    const ended = performance.now()
    nextFullLook = ended + FULL_LOOK_REST * (ended - began)
    return [...jobs, ...more]
  }

  /** pg-boss's own way, past the oldest jobs of which none can be claimed. */
  async function fetchMore(most: number): Promise<readonly ClaimedRun[]> {
    const { boss, queue, slotsPerGroup } = options
    const jobs = await boss.fetch<{ workItemId: WorkItemId }>(queue, {
      batchSize: most,
      includeMetadata: true,
      groupConcurrency: slotsPerGroup,
    })
    return jobs.map(({ id, retryCount, data }) => {
      return { queue, id, retryCount, workItemId: data.workItemId }
    })
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
