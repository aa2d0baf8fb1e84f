import { endAttempts, saveRetry } from '../db/attempt-store.ts'
import { setKlaviyoConversation } from '../db/conversation-store.ts'
import { saveZendeskUser } from '../db/customer-store.ts'
import { settleDone, settleEffect } from '../db/effect-store.ts'
import { saveLedger } from '../db/ledger.ts'
import type { EffectRow, Tx } from '../db/records.ts'
import { adoptTicket, saveTicketStatus } from '../db/ticket-store.ts'
import { saveDone } from '../db/work-progress.ts'
import { allEnded } from '../kernel/all-ended.ts'
import { assertNever } from '../kernel/brand.ts'
import type { Attempted } from './attempted.ts'
import { decideAgain } from './decide-again.ts'
import { isSettled } from './is-settled.ts'
import type { EffectOutcome } from './outcome.ts'
import { parkIn } from './park.ts'
import { completeJob, expectHeld, fenceOf, holdFence } from './parking.ts'
import type { Run } from './run.ts'
import { insertTell } from './tell.ts'

type Of<Kind> = Extract<EffectOutcome, { kind: Kind }>

/**
 * Writes how an attempt ended, with all that follows from it, in one fenced transaction. Of a text nobody
 * could tell it again, so it is waited for on disk.
 */
export async function saveOutcome(
  run: Run,
  attempted: Attempted,
): Promise<'next' | 'completed' | 'parked'> {
  const { deps, job } = run
  const { rows, row, outcome } = attempted
  const isText = row.effect.kind === 'send_text'
  const transaction = isText ? deps.inTransaction : deps.inLazyTransaction
  return transaction(async (tx) => {
    if (outcome.kind === 'done') {
      await saveSuccess(run, tx, row, outcome)
      return isLast(rows, row) ? complete(run, tx) : 'next'
    }
    await holdFence(tx, job)
    await endAttempts(tx, row.id, endOf(outcome), deps.clock.now())
    switch (outcome.kind) {
      case 'retry':
        return waitForRetry(run, tx, row, outcome)
      case 'refused':
        await settle(run, tx, row, { state: 'gave_up', reason: outcome.refusal })
        await decideAgain(run, tx, { rows, row, outcome })
        return 'next'
      case 'gave_up':
        await giveUp(run, tx, row, outcome)
        return 'next'
      case 'unknown':
        await settle(run, tx, row, { state: 'unknown', reason: outcome.because })
        return 'next'
      default:
        return assertNever(outcome)
    }
  })
}

/** Only a success adds no effect, so that the effects as read before the call are all there are. */
function isLast(rows: readonly EffectRow[], row: EffectRow): boolean {
  return rows.every((other) => other.id === row.id || isSettled(other))
}

/** With its last outcome the work is done, and its lane free. */
async function complete({ deps, item, job }: Run, tx: Tx): Promise<'completed'> {
  await saveDone(tx, item.id, deps.clock.now())
  await completeJob(deps.boss, tx, job)
  return 'completed'
}

/** The attempt's own record; for a retry its word is whether the platform may have been touched. */
function endOf(outcome: Exclude<EffectOutcome, { kind: 'done' }>) {
  const { kind } = outcome
  const status = 'status' in outcome ? outcome.status : null
  if (kind === 'retry') return { outcome: outcome.touched, status, detail: outcome.wait.because }
  if (kind === 'refused') return { outcome: kind, status, detail: outcome.refusal }
  const exchange = kind === 'gave_up' ? (outcome.exchange ?? null) : null
  return { outcome: kind, status, detail: outcome.because, exchange }
}

function settle(
  { deps }: Run,
  tx: Tx,
  { id }: EffectRow,
  settled: { readonly state: 'gave_up' | 'unknown'; readonly reason: string },
): Promise<boolean> {
  return settleEffect(tx, id, { ...settled, result: null }, deps.clock.now())
}

/** A text that a report has settled meanwhile needs no retry. */
async function waitForRetry(
  run: Run,
  tx: Tx,
  row: EffectRow,
  outcome: Of<'retry'>,
): Promise<'next' | 'parked'> {
  if (!(await saveRetry(tx, row.id, outcome.isCounted))) return 'next'
  await parkIn(run, tx, outcome.wait)
  return 'parked'
}

/** What a success changes beside the effect: whose user, which ticket, which comment is ours. */
async function saveSuccess(run: Run, tx: Tx, row: EffectRow, outcome: Of<'done'>): Promise<void> {
  const { deps, item, job } = run
  const { effect, id: effectId } = row
  const { result, ticket } = outcome
  const { bridgeId } = item
  const { customerId } = item.event
  const { userId, ticketId, commentId } = result
  const at = deps.clock.now()
  const [isHeld] = await allEnded([
    settleDone(tx, fenceOf(job), effectId, result, at),
    effect.kind === 'ensure_end_user' && userId !== undefined && customerId !== null
      ? saveZendeskUser(tx, customerId, userId)
      : null,
    effect.kind === 'create_ticket' && ticketId !== undefined
      ? adoptTicket(tx, { id: effect.conversationId, bridgeId }, ticketId)
      : null,
    effect.kind === 'send_text'
      ? setKlaviyoConversation(tx, effect.conversationId, effect.klaviyoConversationId)
      : null,
    ticket?.status != null
      ? saveTicketStatus(tx, bridgeId, ticket.id, ticket.status, ticket.updatedAt ?? at)
      : null,
    ticketId !== undefined && commentId != null
      ? saveLedger(tx, { bridgeId, ticketId, commentId, effectId, at })
      : null,
  ])
  expectHeld(job, isHeld)
}

/** A text that was refused is told to its agent; a conversation that is gone is looked up anew next time. */
async function giveUp(run: Run, tx: Tx, row: EffectRow, outcome: Of<'gave_up'>): Promise<void> {
  const { effect } = row
  const isSettled = await settle(run, tx, row, { state: 'gave_up', reason: outcome.because })
  if (effect.kind !== 'send_text' || !isSettled) return
  if (outcome.status === 404) await setKlaviyoConversation(tx, effect.conversationId, null)
  await insertTell(run, tx, { text: effect, tell: { outcome: 'refused', why: outcome.because } })
}
