import type { UserRef } from '../conversations/effects.ts'
import {
  endAttempts,
  findEffects,
  mayHaveTouched,
  startAttempt,
  TOLD_UNKNOWN,
} from '../db/effect-store.ts'
import type { EffectRow, WorkItem } from '../db/records.ts'
import { assertNever } from '../kernel/brand.ts'
import type { TicketId, ZendeskUserId } from '../kernel/ids.ts'
import { type Instant, instant, MINUTE } from '../kernel/instant.ts'
import type { BridgeContext } from './bridge-context.ts'
import type { EngineDeps } from './engine-deps.ts'
import { recordEvent, sendText } from './execute-klaviyo.ts'
import { addComment, addNote, createTicket, ensureEndUser } from './execute-zendesk.ts'
import type { EffectOutcome } from './outcome.ts'
import { holdFence, type JobRun } from './parking.ts'
import { saveOutcome, saveToldUnknown } from './save-outcome.ts'
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
  deps.failpoint('attempt_started')
  const startedAt = deps.clock.now()
  const outcome = await perform(bridge, rows, row, mustLook, deps.jitter())
  deps.failpoint('call_returned')
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
  deps.failpoint('outcome_saved')
  return next
}

function detailOf(outcome: EffectOutcome): Readonly<Record<string, unknown>> {
  if (outcome.kind === 'retry')
    return { status: outcome.status, because: outcome.wait.because, waitMs: outcome.wait.waitMs }
  return outcome.kind === 'gave_up' || outcome.kind === 'unknown'
    ? { because: outcome.because }
    : {}
}

/** One call, or the few an effect needs, to the effect's own platform. */
async function perform(
  bridge: BridgeContext,
  rows: readonly EffectRow[],
  row: EffectRow,
  mustLook: boolean,
  jitter: number,
): Promise<EffectOutcome> {
  const { effect } = row
  const base = { row, mustLook, jitter }
  switch (effect.kind) {
    case 'ensure_end_user':
      return ensureEndUser(bridge, { ...base, effect })
    case 'create_ticket':
      return withUser(rows, effect.requester, (userId) =>
        createTicket(bridge, { ...base, effect }, userId),
      )
    case 'add_comment':
      return withUser(rows, effect.author, (userId) =>
        addComment(bridge, { ...base, effect }, userId),
      )
    case 'add_note': {
      const ticketId =
        effect.ticket.kind === 'known'
          ? effect.ticket.ticketId
          : resultOf(rows, effect.ticket.ordinal)?.ticketId
      return ticketId === undefined
        ? EARLIER_FAILED
        : addNote(bridge, { ...base, effect }, ticketId as TicketId)
    }
    case 'send_text':
      return sendText(bridge, { ...base, effect })
    case 'record_event':
      return recordEvent(bridge, { ...base, effect })
    default:
      return assertNever(effect)
  }
}

const EARLIER_FAILED: EffectOutcome = {
  kind: 'gave_up',
  because: 'an earlier effect that this one needs was given up',
  status: null,
}

async function withUser(
  rows: readonly EffectRow[],
  ref: UserRef,
  act: (userId: ZendeskUserId) => Promise<EffectOutcome>,
): Promise<EffectOutcome> {
  const userId = ref.kind === 'known' ? ref.userId : resultOf(rows, ref.ordinal)?.userId
  return userId === undefined ? EARLIER_FAILED : act(userId)
}

function resultOf(rows: readonly EffectRow[], ordinal: number): EffectRow['result'] {
  return rows.find((row) => row.ordinal === ordinal)?.result ?? null
}
