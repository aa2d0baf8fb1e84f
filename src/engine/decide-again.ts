import type { CustomerFacts } from '../conversations/customer-facts.ts'
import { onTicketRefused } from '../conversations/on-customer-message.ts'
import { lockConversation } from '../db/conversation-store.ts'
import { forgetZendeskUser } from '../db/customer-store.ts'
import type { EffectRow, Tx, WorkItem } from '../db/records.ts'
import { dropTicket, saveTicketStatus } from '../db/ticket-store.ts'
import { saveRevisedReason } from '../db/work-progress.ts'
import type { TicketId, ZendeskUserId } from '../kernel/ids.ts'
import type { BridgeContext } from './bridge-context.ts'
import { messageOf } from './concerns/customer-message.ts'
import type { EngineDeps } from './engine-deps.ts'
import type { EffectOutcome } from './outcome.ts'
import { insertEffects } from './step.ts'

type Refused = Extract<EffectOutcome, { kind: 'refused' }>

/**
 * Zendesk refused because the ticket was closed or deleted, or the user removed, meanwhile. That is a
 * fact: it is recorded, and for a customer's text the core decides again on what is now known.
 */
export async function decideAgain(
  deps: EngineDeps,
  tx: Tx,
  bridge: BridgeContext,
  item: WorkItem,
  rows: readonly EffectRow[],
  row: EffectRow,
  outcome: Refused,
): Promise<void> {
  const { effect } = row
  await recordFact(deps, tx, item, outcome)
  if (effect.kind !== 'add_comment' && effect.kind !== 'create_ticket') return
  const conversation = await lockConversation(tx, effect.conversationId)
  const gathered = (item.gathered as { facts: CustomerFacts }).facts
  const facts = { ...gathered, zendeskUserId: userNow(rows, gathered, outcome) }
  const { policy } = bridge
  const decision = onTicketRefused(outcome.refusal, conversation, messageOf(item), facts, policy)
  await saveRevisedReason(tx, item.id, decision.reason)
  await insertEffects(deps, tx, item, decision.effects, conversation.id, rows.length)
}

async function recordFact(
  deps: EngineDeps,
  tx: Tx,
  { bridgeId }: WorkItem,
  { refusal, id }: Refused,
): Promise<void> {
  switch (refusal) {
    case 'ticket_closed':
      return saveTicketStatus(tx, bridgeId, id as TicketId, 'closed', deps.clock.now())
    case 'ticket_gone':
      return dropTicket(tx, bridgeId, id as TicketId)
    case 'user_gone':
      return forgetZendeskUser(tx, bridgeId, id as ZendeskUserId)
  }
}

/** The customer's user as far as it is still good: one that an earlier effect found, or the known one. */
function userNow(
  rows: readonly EffectRow[],
  facts: CustomerFacts,
  { refusal, id }: Refused,
): ZendeskUserId | null {
  const made = rows.find(({ result }) => result?.userId !== undefined)?.result?.userId
  const known = made ?? facts.zendeskUserId
  return refusal === 'user_gone' && known === id ? null : known
}
