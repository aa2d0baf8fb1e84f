import { settleEffect } from '../db/effect-store.ts'
import type { EffectRow, WorkItem } from '../db/records.ts'
import { TOLD_UNKNOWN } from '../db/text-store.ts'
import type { EngineDeps } from './engine-deps.ts'
import { holdFence, type JobRun } from './parking.ts'
import { insertTell } from './tell.ts'

/** Ends the wait for a report on an unknown text: the agent is told, and the lane goes on without it. */
export async function saveToldUnknown(
  deps: EngineDeps,
  item: WorkItem,
  row: EffectRow,
  run: JobRun,
): Promise<void> {
  if (row.effect.kind !== 'send_text') throw new Error(`an unknown ${row.effect.kind}`)
  const text = row.effect
  await deps.inTransaction(async (tx) => {
    await holdFence(deps.boss, tx, run)
    const isStillUnknown = await settleEffect(
      tx,
      row.id,
      'unknown',
      TOLD_UNKNOWN,
      null,
      deps.clock.now(),
    )
    if (isStillUnknown)
      await insertTell(deps, tx, {
        bridgeId: item.bridgeId,
        customerId: item.event.customerId,
        effectId: row.id,
        text,
        tell: { outcome: 'unknown', why: row.reason ?? 'Klaviyo gave no answer' },
      })
  })
}
