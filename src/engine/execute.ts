import { beginAttempt } from '../db/attempt-store.ts'
import { findEffects } from '../db/effect-store.ts'
import type { EffectRow } from '../db/records.ts'
import { instant } from '../kernel/instant.ts'
import { holdUnknown } from './hold-unknown.ts'
import { isSettled } from './is-settled.ts'
import type { EffectOutcome } from './outcome.ts'
import { park } from './park.ts'
import { expectHeld, fenceOf } from './parking.ts'
import { perform } from './perform-effect.ts'
import type { Run } from './run.ts'
import { saveOutcome } from './save-outcome.ts'

/**
 * Performs the effects of a decided item in order. Before a call its attempt is written and committed;
 * after it, the outcome; the last one's outcome completes the work too. A run that finds an attempt
 * without an outcome follows one that was killed. What the step has just saved is not read again.
 */
export async function executeEffects(
  run: Run,
  justSaved: readonly EffectRow[] | null,
): Promise<'finished' | 'completed' | 'parked'> {
  for (let known = justSaved; ; known = null) {
    const rows = known ?? (await findEffects(run.deps.db, run.item.id))
    const row = rows.find((candidate) => !isSettled(candidate))
    if (row === undefined) return 'finished'
    const isUnknown = row.state === 'unknown'
    const next = isUnknown ? await holdUnknown(run, row) : await attempt(run, rows, row)
    if (next !== 'next') return next
  }
}

/** Waiting for a limit, or for a platform to come back, is no attempt. */
async function attempt(
  run: Run,
  rows: readonly EffectRow[],
  row: EffectRow,
): Promise<'next' | 'completed' | 'parked'> {
  const { deps, bridge } = run
  const { kind } = row.effect
  const wait = bridge.waitFor(row.effect)
  if (wait !== null) return park(run, instant(deps.clock.now() + wait.waitMs), wait.because)
  const mustLook = await begin(run, row)
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
async function begin({ deps, job }: Run, { id }: EffectRow): Promise<boolean> {
  const now = deps.clock.now()
  const begun = await beginAttempt(deps.db, fenceOf(job), id, deps.newId(), now)
  expectHeld(job, begun.isHeld)
  return begun.mustLook
}

/** One wide record per attempt: ids and codes, no body, no number, no sentence of the platform's. */
function logAttempt({ deps, item }: Run, row: EffectRow, outcome: EffectOutcome, tookMs: number) {
  const { bridgeId: bridge, eventId: event, id: workItem } = item
  const status = 'status' in outcome ? outcome.status : null
  const ids = { bridge, event, workItem, effect: row.id, kind: row.effect.kind }
  deps.log.info({ ...ids, outcome: outcome.kind, status, tookMs }, 'attempt')
}
