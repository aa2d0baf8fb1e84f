import { endAttempts, mayHaveTouched, startAttempt } from '../db/attempt-store.ts'
import { findEffects } from '../db/effect-store.ts'
import type { EffectRow, WorkItem } from '../db/records.ts'
import { TOLD_UNKNOWN } from '../db/text-store.ts'
import { type Instant, instant, MINUTE } from '../kernel/instant.ts'
import type { BridgeContext } from './bridge-context.ts'
import type { EngineDeps } from './engine-deps.ts'
import type { EffectOutcome } from './outcome.ts'
import { holdFence, type JobRun } from './parking.ts'
import { perform } from './perform-effect.ts'
import { saveOutcome } from './save-outcome.ts'
import { saveToldUnknown } from './save-told-unknown.ts'
import { park } from './step.ts'

/** How long an unknown text holds its lane for Klaviyo's own report before the agent is told. */
const UNKNOWN_HOLD_MS = 2 * MINUTE

/**
 * Performs the effects of a decided item in order. Before a call its attempt is written and committed;
 * after it, the outcome. A run that finds an attempt without an outcome follows one that was killed.
 */
export async function executeEffects(
  deps: EngineDeps,
  bridge: BridgeContext,
  item: WorkItem,
  run: JobRun,
): Promise<'finished' | 'parked'> {
  for (;;) {
    const rows = await findEffects(deps.db, item.id)
    const row = rows.find((candidate) => !isSettled(candidate))
    if (row === undefined) return 'finished'
    const next =
      row.state === 'unknown'
        ? await holdUnknown(deps, item, row, run)
        : await attempt(deps, bridge, item, rows, row, run)
    if (next === 'parked') return 'parked'
  }
}

function isSettled(row: EffectRow): boolean {
  return (
    row.state === 'done' ||
    row.state === 'gave_up' ||
    (row.state === 'unknown' && row.reason === TOLD_UNKNOWN)
  )
}

/** Waits for Klaviyo's report on an unknown text; when the time is over, the agent is told and the lane goes on. */
async function holdUnknown(
  deps: EngineDeps,
  item: WorkItem,
  row: EffectRow,
  run: JobRun,
): Promise<'next' | 'parked'> {
  const until = instant((row.settledAt ?? deps.clock.now()) + UNKNOWN_HOLD_MS) as Instant
  if (until > deps.clock.now())
    return park(
      deps,
      item,
      run,
      until,
      'it is not known whether the text was sent: waiting for Klaviyo to report it',
    )
  await saveToldUnknown(deps, item, row, run)
  return 'next'
}

async function attempt(
  deps: EngineDeps,
  bridge: BridgeContext,
  item: WorkItem,
  rows: readonly EffectRow[],
  row: EffectRow,
  run: JobRun,
): Promise<'next' | 'parked'> {
  const mustLook = await deps.inTransaction(async (tx) => {
    await holdFence(deps.boss, tx, run)
    const touched = await mayHaveTouched(tx, row.id)
    await endAttempts(
      tx,
      row.id,
      'maybe',
      null,
      'the service stopped during the call',
      deps.clock.now(),
    )
    await startAttempt(tx, row.id, deps.newId(), deps.clock.now())
    return touched
  })
  deps.failpoint('attempt_started', row.effect.kind)
  const startedAt = deps.clock.now()
  const outcome = await perform(bridge, rows, row, mustLook, deps.jitter())
  deps.failpoint('call_returned', row.effect.kind)
  deps.log.info(
    {
      bridge: item.bridgeId,
      event: item.eventId,
      workItem: item.id,
      effect: row.id,
      kind: row.effect.kind,
      outcome: outcome.kind,
      tookMs: deps.clock.now() - startedAt,
      ...detailOf(outcome),
    },
    'attempt',
  )
  const next = await saveOutcome(deps, bridge, item, rows, row, outcome, run)
  deps.failpoint('outcome_saved', row.effect.kind)
  return next
}

function detailOf(outcome: EffectOutcome): Readonly<Record<string, unknown>> {
  if (outcome.kind === 'retry')
    return { status: outcome.status, because: outcome.wait.because, waitMs: outcome.wait.waitMs }
  return outcome.kind === 'gave_up' || outcome.kind === 'unknown'
    ? { because: outcome.because }
    : {}
}
