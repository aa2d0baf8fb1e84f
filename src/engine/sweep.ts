import { findUnfinished } from '../db/work-store.ts'
import type { EngineDeps } from './engine-deps.ts'
import { groupOf } from './lanes.ts'
import { findJobsOf } from './parking.ts'
import { insertJobs } from './queue.ts'

/** Unfinished items looked at in one sweep, oldest first. */
const SWEEP_LIMIT = 1_000

/** Gives every unfinished work item that has no job a new one; returns how many. A safety net: it should find none. */
export async function sweep(deps: EngineDeps): Promise<number> {
  return deps.inTransaction(async (tx) => {
    const items = await findUnfinished(tx, SWEEP_LIMIT)
    if (items.length === 0) return 0
    const withJob = await findJobsOf(
      tx,
      items.map(({ id }) => id),
    )
    const orphans = items.filter(({ id }) => !withJob.has(id))
    await insertJobs(
      deps.boss,
      tx,
      orphans.map((item) => ({
        workItemId: item.id,
        queue: item.queue,
        lane: item.lane,
        group: groupOf(
          item.bridgeId,
          item.lane.endsWith('>zendesk')
            ? 'zendesk'
            : item.lane.endsWith('>settle')
              ? null
              : 'klaviyo',
        ),
      })),
    )
    return orphans.length
  })
}
