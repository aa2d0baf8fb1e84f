import { settleEffect } from '../db/effect-store.ts'
import type { EffectRow } from '../db/records.ts'
import { isReported, TOLD_UNKNOWN } from '../db/text-store.ts'
import { instant, MINUTE } from '../kernel/instant.ts'
import { parkIn } from './park.ts'
import { holdFence } from './parking.ts'
import type { Run } from './run.ts'
import { insertTell } from './tell.ts'

/** How long an unknown text holds its lane for Klaviyo's own report before the agent is told. */
const UNKNOWN_HOLD_MS = 2 * MINUTE

const WAITING = 'it is not known whether the text was sent: waiting for Klaviyo to report it'

/** Waits for Klaviyo's report on an unknown text; when the time is over, the agent is told and the lane goes on. */
export async function holdUnknown(run: Run, row: EffectRow): Promise<'next' | 'parked'> {
  const now = run.deps.clock.now()
  const waitMs = instant((row.settledAt ?? now) + UNKNOWN_HOLD_MS) - now
  if (waitMs > 0) return waitForReport(run, row, waitMs)
  await tellUnknown(run, row)
  return 'next'
}

/** Parks unless a report came in meanwhile: it locks the same row, so one of the two sees the other. */
async function waitForReport(run: Run, row: EffectRow, waitMs: number): Promise<'next' | 'parked'> {
  return run.deps.inTransaction(async (tx) => {
    if (await isReported(tx, row.id)) return 'next'
    await parkIn(run, tx, { waitMs, because: WAITING })
    return 'parked'
  })
}

async function tellUnknown(run: Run, row: EffectRow): Promise<void> {
  const { deps, job } = run
  const text = row.effect
  if (text.kind !== 'send_text') throw new Error(`an unknown ${text.kind}`)
  const why = row.reason ?? 'Klaviyo gave no answer'
  await deps.inTransaction(async (tx) => {
    await holdFence(tx, job)
    const settled = { state: 'unknown', reason: TOLD_UNKNOWN, result: null } as const
    if (!(await settleEffect(tx, row.id, settled, deps.clock.now()))) return
    await insertTell(run, tx, { text, tell: { outcome: 'unknown', why } })
  })
}
