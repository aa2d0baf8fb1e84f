import { findUnfinished, stillUnfinished, type UnfinishedItem } from '../db/work-store.ts'
import type { EngineDeps } from './engine-deps.ts'
import { groupOf, platformOf } from './lanes.ts'
import { findJobsOf } from './parking.ts'
import { insertJobs } from './queue.ts'

/** Unfinished items looked at in one sweep. */
const PAGE = 1_000

/**
 * Makes a sweep: each call looks at the next page of unfinished work items, oldest first and then from
 * the start again, gives those without a job a new one, and answers how many. A safety net: it should
 * find none.
 */
export function createSweep(deps: EngineDeps): () => Promise<number> {
  let last: UnfinishedItem | null = null
  return async () => {
    const items = await findUnfinished(deps.db, last, PAGE)
    last = items.length === PAGE ? (items.at(-1) ?? null) : null
    return items.length === 0 ? 0 : giveJobs(deps, items)
  }
}

async function giveJobs(deps: EngineDeps, items: readonly UnfinishedItem[]): Promise<number> {
  return deps.inTransaction(async (tx) => {
    const ids = items.map(({ id }) => id)
    const withJob = await findJobsOf(tx, ids)
    // Read after the jobs: what was finished since then has neither, and is no orphan.
    const unfinished = await stillUnfinished(
      tx,
      ids.filter((id) => !withJob.has(id)),
    )
    const orphans = items.filter(({ id }) => unfinished.has(id))
    const jobs = orphans.map(({ id: workItemId, queue, lane, bridgeId }) => {
      return { workItemId, queue, lane, group: groupOf(bridgeId, platformOf(lane)) }
    })
    await insertJobs(deps.boss, tx, jobs)
    return orphans.length
  })
}
