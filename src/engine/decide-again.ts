import type { CustomerFacts } from '../conversations/customer-facts.ts'
import { onTicketRefused } from '../conversations/on-customer-message.ts'
import { lockConversation } from '../db/conversation-store.ts'
import { forgetZendeskUser } from '../db/customer-store.ts'
import type { EffectRow, Tx, WorkItem } from '../db/records.ts'
import { dropTicket, saveTicketStatus } from '../db/ticket-store.ts'
import { saveRevisedReason } from '../db/work-progress.ts'
import type { TicketId, ZendeskUserId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { messageOf } from './concerns/customer-message.ts'
import { insertEffects } from './insert-effects.ts'
import type { EffectOutcome } from './outcome.ts'
import type { Run } from './run.ts'
import type { Attempted } from './save-outcome.ts'

type Refused = Extract<EffectOutcome, { kind: 'refused' }>

/** More than any chain of honest refusals needs: closed, then deleted, then the user gone. */
const MOST_EFFECTS = 12

/**
 * Zendesk refused because the ticket was closed or deleted, or the user removed, meanwhile. That is a
 * fact: it is recorded, and for a customer's text the core decides again on what is now known.
 */
export async function decideAgain(run: Run, tx: Tx, attempted: Attempted<Refused>): Promise<void> {
  const { deps, bridge, item } = run
  const { rows, row, outcome } = attempted
  const { effect } = row
  await recordFact(tx, item, outcome, deps.clock.now())
  if (effect.kind !== 'add_comment' && effect.kind !== 'create_ticket') return
  if (rows.length > MOST_EFFECTS) throw new Error(`Zendesk keeps refusing: ${outcome.refusal}`)
  const conversation = await lockConversation(tx, effect.conversationId)
  const gathered = (item.gathered as { facts: CustomerFacts }).facts
  const facts = { ...gathered, zendeskUserId: userNow(rows, gathered, outcome) }
  const { policy } = bridge
  const decision = onTicketRefused(outcome.refusal, conversation, messageOf(item), facts, policy)
  const { effects, reason } = decision
  await saveRevisedReason(tx, item.id, reason)
  await insertEffects(run, tx, { effects, conversationId: conversation.id, base: rows.length })
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
