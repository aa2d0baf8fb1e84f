import { endAttempts, mayHaveTouched, startAttempt } from '../db/attempt-store.ts'
import { findEffects } from '../db/effect-store.ts'
import type { EffectRow } from '../db/records.ts'
import { TOLD_UNKNOWN } from '../db/text-store.ts'
import { instant } from '../kernel/instant.ts'
import { holdUnknown } from './hold-unknown.ts'
import type { EffectOutcome } from './outcome.ts'
import { park } from './park.ts'
import { holdFence } from './parking.ts'
import { perform } from './perform-effect.ts'
import type { Run } from './run.ts'
import { saveOutcome } from './save-outcome.ts'

/**
 * Performs the effects of a decided item in order. Before a call its attempt is written and committed;
 * after it, the outcome. A run that finds an attempt without an outcome follows one that was killed.
 */
export async function executeEffects(run: Run): Promise<'finished' | 'parked'> {
  for (;;) {
    const rows = await findEffects(run.deps.db, run.item.id)
    const row = rows.find((candidate) => !isSettled(candidate))
    if (row === undefined) return 'finished'
    const isUnknown = row.state === 'unknown'
    const next = isUnknown ? await holdUnknown(run, row) : await attempt(run, rows, row)
    if (next === 'parked') return 'parked'
  }
}

function isSettled({ state, reason }: EffectRow): boolean {
  const isTold = state === 'unknown' && reason === TOLD_UNKNOWN
  return state === 'done' || state === 'gave_up' || isTold
}

/** Waiting for a limit, or for a platform to come back, is no attempt. */
async function attempt(
  run: Run,
  rows: readonly EffectRow[],
  row: EffectRow,
): Promise<'next' | 'parked'> {
  const { deps, bridge } = run
  const { kind } = row.effect
  const wait = bridge.waitFor(row.effect)
  if (wait !== null) return park(run, instant(deps.clock.now() + wait.waitMs), wait.because)
  const mustLook = await beginAttempt(run, row)
  deps.failpoint('attempt_started', kind)
  const startedAt = deps.clock.now()
  const waitedMs = startedAt - (run.item.decidedAt ?? startedAt)
  const outcome = await perform(bridge, rows, { row, mustLook, jitter: deps.jitter(), waitedMs })
  deps.failpoint('call_returned', kind)
  logAttempt(run, row, outcome, deps.clock.now() - startedAt)
  const next = await saveOutcome(run, { rows, row, outcome })
  deps.failpoint('outcome_saved', kind)
  return next
}

/** Writes the intention; true when an earlier attempt may have done the work, so one must look first. */
async function beginAttempt({ deps, job }: Run, { id }: EffectRow): Promise<boolean> {
  return deps.inTransaction(async (tx) => {
    await holdFence(deps.boss, tx, job)
    const now = deps.clock.now()
    const mustLook = await mayHaveTouched(tx, id)
    const detail = 'the service stopped during the call'
    await endAttempts(tx, id, { outcome: 'maybe', status: null, detail }, now)
    await startAttempt(tx, id, deps.newId(), now)
    return mustLook
  })
}

/** One wide record per attempt: ids and codes, no body, no number, no sentence of the platform's. */
function logAttempt({ deps, item }: Run, row: EffectRow, outcome: EffectOutcome, tookMs: number) {
  const { bridgeId: bridge, eventId: event, id: workItem } = item
  const status = 'status' in outcome ? outcome.status : null
  const ids = { bridge, event, workItem, effect: row.id, kind: row.effect.kind }
  deps.log.info({ ...ids, outcome: outcome.kind, status, tookMs }, 'attempt')
}
