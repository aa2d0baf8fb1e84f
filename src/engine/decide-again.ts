import type { CustomerFacts } from '../conversations/customer-facts.ts'
import { onTicketRefused } from '../conversations/on-customer-message.ts'
import { lockConversation } from '../db/conversation-store.ts'
import type { EffectRow, Tx, WorkItem } from '../db/records.ts'
import { dropTicket, saveTicketStatus } from '../db/ticket-store.ts'
import { saveRevisedReason } from '../db/work-progress.ts'
import type { BridgeContext } from './bridge-context.ts'
import { messageOf } from './concerns/customer-message.ts'
import type { EngineDeps } from './engine-deps.ts'
import type { EffectOutcome } from './outcome.ts'
import { insertEffects } from './step.ts'

/**
 * Zendesk refused because the ticket was closed or deleted meanwhile. That is a fact: it is recorded,
 * and for a customer's text the core decides again on the same gathered facts.
 */
export async function decideAgain(
  deps: EngineDeps,
  tx: Tx,
  bridge: BridgeContext,
  item: WorkItem,
  rows: readonly EffectRow[],
  row: EffectRow,
  outcome: Extract<EffectOutcome, { kind: 'refused' }>,
): Promise<void> {
  const now = deps.clock.now()
  if (outcome.refusal === 'ticket_closed')
    await saveTicketStatus(tx, item.bridgeId, outcome.ticketId, 'closed', now)
  if (row.effect.kind !== 'add_comment') return
  const conversation = await lockConversation(tx, row.effect.conversationId)
  const facts = (item.gathered as { facts: CustomerFacts }).facts
  const userId =
    rows.find(({ result }) => result?.userId !== undefined)?.result?.userId ?? facts.zendeskUserId
  const decision = onTicketRefused(
    outcome.refusal,
    conversation,
    messageOf(item),
    { ...facts, zendeskUserId: userId },
    bridge.policy,
  )
  if (outcome.refusal === 'ticket_gone') await dropTicket(tx, item.bridgeId, outcome.ticketId)
  await saveRevisedReason(tx, item.id, decision.reason)
  await insertEffects(deps, tx, item, decision.effects, conversation.id, rows.length)
}
