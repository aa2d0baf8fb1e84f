import { isDatabaseTrouble } from '../db/pool.ts'
import type { WorkItem } from '../db/records.ts'
import { countFailure, saveDone, setAside } from '../db/work-progress.ts'
import { findWorkItem } from '../db/work-store.ts'
import { instant, SECOND } from '../kernel/instant.ts'
import type { EngineDeps } from './engine-deps.ts'
import { executeEffects } from './execute.ts'
import { park } from './park.ts'
import { completeJob, FenceLost } from './parking.ts'
import { backoffMs } from './retry.ts'
import type { Run } from './run.ts'
import { takeStep } from './step.ts'
import type { ClaimedRun } from './worker.ts'

/** How often an item may throw before it is set aside, so that its lane can go on without it. */
const MAX_FAILURES = 5

/*
 * One run of one job, from claim to completion.
 *
 *   open ──step──▶ decided ──effects──▶ done          each arrow is a commit; a run that finds an
 *     │               │                               item further along goes on from there
 *     └── parked ◀────┘  the lane stands still, the reason and the hour are on the item
 *
 * A run may be killed between any two commits. Its successor reads the item again: an open one is
 * gathered and decided, a decided one only executed, a done one only completed. A run that was taken
 * over loses its fence at its next write and stops without a trace.
 */
export async function runWorkItem(deps: EngineDeps, run: ClaimedRun): Promise<void> {
  deps.failpoint('job_claimed')
  const item = await findWorkItem(deps.db, run.workItemId)
  try {
    if (item !== null && (item.state === 'open' || item.state === 'decided')) {
      if ((await workOn(deps, item, run)) !== 'finished') return
    }
    await deps.inLazyTransaction(async (tx) => {
      await saveDone(tx, run.workItemId, deps.clock.now())
      await completeJob(deps.boss, tx, run)
    })
  } catch (error) {
    if (error instanceof FenceLost) return
    if (item === null) throw error
    await afterThrow({ deps, item, job: run }, error)
  }
}

async function workOn(
  deps: EngineDeps,
  item: WorkItem,
  job: ClaimedRun,
): Promise<'finished' | 'completed' | 'parked'> {
  const bridge = await deps.findBridge(item.bridgeId)
  if (bridge === null) return 'finished'
  const run = { deps, bridge, item, job }
  if (item.state !== 'open') return executeEffects(run, null)
  const decided = await takeStep(run)
  if (decided === 'parked') return 'parked'
  deps.failpoint('after_step')
  return executeEffects({ ...run, item: decided.item }, decided.effects)
}

/** A broken invariant or a lost database: try again a few times, then set the item aside and free its lane. */
async function afterThrow(run: Omit<Run, 'bridge'>, error: unknown): Promise<void> {
  const { deps, item, job } = run
  const message = error instanceof Error ? error.message : String(error)
  deps.log.warn({ event: item.eventId, workItem: item.id, err: error }, 'work threw')
  if (isDatabaseTrouble(error)) return parkForDatabase(run)
  const failures = await countFailure(deps.db, item.id, message)
  if (failures < MAX_FAILURES) {
    const until = instant(deps.clock.now() + backoffMs(failures, deps.jitter()))
    await park(run, until, `it failed: ${message}`)
    return
  }
  await deps.inTransaction(async (tx) => {
    await setAside(tx, item.id, deps.clock.now())
    await completeJob(deps.boss, tx, job)
  })
}

/** When not even that can be written, the job stays claimed until its heartbeat ends, and is taken over. */
async function parkForDatabase(run: Omit<Run, 'bridge'>): Promise<void> {
  const until = instant(run.deps.clock.now() + SECOND)
  await park(run, until, 'the database could not be used').catch(() => undefined)
}
