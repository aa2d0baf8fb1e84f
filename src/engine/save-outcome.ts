import { endAttempts, saveRetry } from '../db/attempt-store.ts'
import { setKlaviyoConversation } from '../db/conversation-store.ts'
import { saveZendeskUser } from '../db/customer-store.ts'
import { settleEffect } from '../db/effect-store.ts'
import { saveLedger } from '../db/ledger.ts'
import type { EffectRow, Tx, WorkItem } from '../db/records.ts'
import { adoptTicket, saveTicketStatus } from '../db/ticket-store.ts'
import { saveWaiting } from '../db/work-progress.ts'
import { instant } from '../kernel/instant.ts'
import type { BridgeContext } from './bridge-context.ts'
import { decideAgain } from './decide-again.ts'
import type { EngineDeps } from './engine-deps.ts'
import type { EffectOutcome } from './outcome.ts'
import { holdFence, type JobRun, parkJob } from './parking.ts'
import { insertTell } from './tell.ts'

/** Writes how an attempt ended, with all that follows from it, in one fenced transaction. */
export async function saveOutcome(
  deps: EngineDeps,
  bridge: BridgeContext,
  item: WorkItem,
  rows: readonly EffectRow[],
  row: EffectRow,
  outcome: EffectOutcome,
  run: JobRun,
): Promise<'next' | 'parked'> {
  const now = deps.clock.now()
  return deps.inTransaction(async (tx) => {
    await holdFence(deps.boss, tx, run)
    switch (outcome.kind) {
      case 'done':
        await endAttempts(tx, row.id, 'done', null, null, now)
        await settleEffect(tx, row.id, 'done', null, outcome.result, now)
        await saveConsequences(deps, tx, item, row, outcome)
        return 'next'
      case 'retry':
        await endAttempts(tx, row.id, outcome.touched, outcome.status, outcome.wait.because, now)
        await saveRetry(tx, row.id, outcome.isCounted)
        await saveWaiting(tx, item.id, outcome.wait.because, instant(now + outcome.wait.waitMs))
        await parkJob(deps.boss, tx, run, outcome.wait.waitMs)
        return 'parked'
      case 'refused':
        await endAttempts(tx, row.id, 'refused', null, outcome.refusal, now)
        await settleEffect(tx, row.id, 'gave_up', outcome.refusal, null, now)
        await decideAgain(deps, tx, bridge, item, rows, row, outcome)
        return 'next'
      case 'gave_up':
        await endAttempts(tx, row.id, 'gave_up', outcome.status, outcome.because, now)
        await settleEffect(tx, row.id, 'gave_up', outcome.because, null, now)
        await tellRefused(deps, tx, item, row, outcome.because)
        return 'next'
      case 'unknown':
        await endAttempts(tx, row.id, 'unknown', null, outcome.because, now)
        await settleEffect(tx, row.id, 'unknown', outcome.because, null, now)
        return 'next'
    }
  })
}

/** What a success changes beside the effect: whose user, which ticket, which comment is ours. */
async function saveConsequences(
  deps: EngineDeps,
  tx: Tx,
  item: WorkItem,
  row: EffectRow,
  outcome: Extract<EffectOutcome, { kind: 'done' }>,
): Promise<void> {
  const { effect } = row
  const { result, ticket } = outcome
  const now = deps.clock.now()
  if (
    effect.kind === 'ensure_end_user' &&
    result.userId !== undefined &&
    item.event.customerId !== null
  )
    await saveZendeskUser(tx, item.bridgeId, item.event.customerId, result.userId)
  if (effect.kind === 'create_ticket' && result.ticketId !== undefined)
    await adoptTicket(tx, { id: effect.conversationId, bridgeId: item.bridgeId }, result.ticketId)
  if (ticket?.status != null)
    await saveTicketStatus(tx, item.bridgeId, ticket.id, ticket.status, ticket.updatedAt ?? now)
  if (result.ticketId !== undefined && result.commentId != null)
    await saveLedger(tx, {
      bridgeId: item.bridgeId,
      ticketId: result.ticketId,
      commentId: result.commentId,
      effectId: row.id,
      at: now,
    })
  if (effect.kind === 'send_text')
    await setKlaviyoConversation(tx, effect.conversationId, effect.klaviyoConversationId)
}

async function tellRefused(
  deps: EngineDeps,
  tx: Tx,
  item: WorkItem,
  row: EffectRow,
  because: string,
): Promise<void> {
  if (row.effect.kind !== 'send_text') return
  await insertTell(deps, tx, {
    bridgeId: item.bridgeId,
    customerId: item.event.customerId,
    effectId: row.id,
    text: row.effect,
    tell: { outcome: 'refused', why: because },
  })
}
