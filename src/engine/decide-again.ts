import type { CustomerFacts } from '../conversations/customer-facts.ts'
import type { ConversationEffect, Decision } from '../conversations/effects.ts'
import type { TextOutcome } from '../conversations/events.ts'
import { onTicketRefused } from '../conversations/on-customer-message.ts'
import { onTellRefused } from '../conversations/on-text-outcome.ts'
import { lockConversation } from '../db/conversation-store.ts'
import { findZendeskUser, forgetZendeskUser } from '../db/customer-store.ts'
import type { EffectRow, Tx, WorkItem } from '../db/records.ts'
import { dropTicket, saveTicketStatus } from '../db/ticket-store.ts'
import { saveRevisedReason } from '../db/work-progress.ts'
import type { ConversationId, TicketId, ZendeskUserId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Attempted } from './attempted.ts'
import { messageOf } from './concerns/customer-message.ts'
import { insertEffects } from './insert-effects.ts'
import type { EffectOutcome } from './outcome.ts'
import type { Run } from './run.ts'

type Refused = Extract<EffectOutcome, { kind: 'refused' }>

/** More than any chain of honest refusals needs: closed, then deleted, then the user gone. */
const MOST_EFFECTS = 12

/**
 * Zendesk refused because the ticket was closed or deleted, or the user removed, meanwhile. That is a
 * fact: it is recorded, and for a customer's text the core decides again on what is now known.
 */
export async function decideAgain(run: Run, tx: Tx, attempted: Attempted<Refused>): Promise<void> {
  const { deps, item } = run
  const { rows, row, outcome } = attempted
  await recordFact(tx, item, outcome, deps.clock.now())
  if (rows.filter(({ isDismissed }) => !isDismissed).length > MOST_EFFECTS)
    throw new Error(`Zendesk keeps refusing: ${outcome.refusal}`)
  const again = await redecide(run, tx, { rows, row, outcome })
  if (again === null) return
  const { decision, conversationId } = again
  await saveRevisedReason(tx, item.id, decision.reason)
  await insertEffects(run, tx, { effects: decision.effects, conversationId, base: rows.length })
}

type Again = {
  readonly decision: Decision<ConversationEffect>
  readonly conversationId: ConversationId
}

/** Null where nothing better can be done than to have tried. */
async function redecide(run: Run, tx: Tx, attempted: Attempted<Refused>): Promise<Again | null> {
  const { effect } = attempted.row
  if (run.item.about === 'text_outcome') return tellElsewhere(run, tx, attempted.outcome)
  if (effect.kind !== 'add_comment' && effect.kind !== 'create_ticket') return null
  const { rows, outcome } = attempted
  const conversation = await lockConversation(tx, effect.conversationId)
  const gathered = (run.item.gathered as { facts: CustomerFacts }).facts
  const facts = { ...gathered, zendeskUserId: userNow(rows, gathered, outcome) }
  const message = messageOf(run.item)
  const { policy } = run.bridge
  const decision = onTicketRefused(outcome.refusal, conversation, message, facts, policy)
  return { decision, conversationId: conversation.id }
}

/** What the agent must hear of a text whose ticket is closed or gone. */
async function tellElsewhere(run: Run, tx: Tx, { refusal }: Refused): Promise<Again | null> {
  const { item, bridge } = run
  const { conversationId } = item
  const { customerId } = item.event
  if (conversationId === null || customerId === null || refusal === 'user_gone') return null
  const conversation = await lockConversation(tx, conversationId)
  const requesterId = await findZendeskUser(tx, customerId)
  const event = item.event.payload as TextOutcome
  const decision = onTellRefused(conversation, event, { policy: bridge.policy, requesterId })
  return { decision, conversationId }
}

async function recordFact(
  tx: Tx,
  { bridgeId }: WorkItem,
  { refusal, id }: Refused,
  now: Instant,
): Promise<void> {
  switch (refusal) {
    case 'ticket_closed':
      return saveTicketStatus(tx, bridgeId, id as TicketId, 'closed', now)
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
