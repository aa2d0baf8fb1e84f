import type { Tx } from '../db/records.ts'
import { saveWaiting } from '../db/work-progress.ts'
import { type Instant, instant } from '../kernel/instant.ts'
import { parkJob } from './parking.ts'
import type { Wait } from './retry.ts'
import type { Run } from './run.ts'

/** Lets the whole lane wait, and says on the item why and until when. */
export async function park(
  run: Pick<Run, 'deps' | 'item' | 'job'>,
  until: Instant,
  because: string,
): Promise<'parked'> {
  const waitMs = until - run.deps.clock.now()
  await run.deps.inLazyTransaction((tx) => parkIn(run, tx, { waitMs, because }))
  return 'parked'
}

/** The same as part of a transaction that writes more. */
export async function parkIn(
  { deps, item, job }: Pick<Run, 'deps' | 'item' | 'job'>,
  tx: Tx,
  { waitMs, because }: Wait,
): Promise<void> {
  await saveWaiting(tx, item.id, because, instant(deps.clock.now() + waitMs))
  await parkJob(deps.boss, tx, job, waitMs)
}
