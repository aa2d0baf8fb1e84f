import { assertNever } from '../kernel/brand.ts'
import type { Instant } from '../kernel/instant.ts'
import { type Conversation, isActive, type Policy } from './conversation.ts'
import type { CustomerFacts } from './customer-facts.ts'
import type { ConversationEffect, Decision } from './effects.ts'
import type { CustomerMessageReceived } from './events.ts'
import { couldBeKeyword, keywordReason } from './keywords.ts'
import { comment, newTicket, withOptOutNote } from './ticket-effects.ts'
import { optedOutBy, whyNoTicket } from './why-no-ticket.ts'

type CustomerDecision = Decision<ConversationEffect>

/**
 * Decides where a customer's text lands in Zendesk. Pure: facts are gathered before.
 *
 * On an active ticket every text is a comment, whatever it says. Only when a ticket would be made or
 * reopened do keywords and consent count. A closed ticket can never be updated, and a follow-up
 * ticket would show the API user as its author, so a plain new ticket names the closed one.
 */
export function onCustomerMessage(
  conversation: Conversation,
  message: CustomerMessageReceived,
  facts: CustomerFacts,
  policy: Policy,
): CustomerDecision {
  if (!policy.smsEnabled) return { reason: 'sms_not_enabled', effects: [] }
  const { ticket } = conversation
  if (isActive(ticket))
    return { reason: 'ticket_is_active', effects: comment(conversation, message, ticket.id, facts) }

  const refusal = whyNoTicket(message, facts, policy)
  if (refusal !== null) return { reason: refusal, effects: [] }

  const decision = ticketDecision(conversation, message, facts, policy)
  return optedOutBy(message, facts) ? withOptOutNote(decision) : decision
}

/**
 * Until when a text must wait because a consent change could still prove it a keyword; null when it
 * goes at once. Only a text that would make or reopen a ticket ever waits.
 */
export function keywordHoldUntil(
  conversation: Conversation,
  message: CustomerMessageReceived,
  policy: Policy,
): Instant | null {
  if (isActive(conversation.ticket) || keywordReason(message.body, policy) !== null) return null
  return couldBeKeyword(message.body) ? ((message.at + policy.keywordHoldMs) as Instant) : null
}

function ticketDecision(
  conversation: Conversation,
  message: CustomerMessageReceived,
  facts: CustomerFacts,
  policy: Policy,
): CustomerDecision {
  const { ticket } = conversation
  if (ticket === null) {
    const reason = facts.profile.kind === 'unverified' ? 'consent_unverified' : 'first_message'
    return { reason, effects: newTicket(conversation, message, facts, policy, null) }
  }
  switch (ticket.status) {
    case 'solved':
      return {
        reason: 'reopened_solved_ticket',
        effects: comment(conversation, message, ticket.id, facts),
      }
    case 'closed':
      return {
        reason: 'previous_ticket_is_closed',
        effects: newTicket(conversation, message, facts, policy, ticket.id),
      }
    case 'new':
    case 'open':
    case 'pending':
    case 'hold':
    case null:
      return {
        reason: 'ticket_is_active',
        effects: comment(conversation, message, ticket.id, facts),
      }
    default:
      return assertNever(ticket.status)
  }
}

/** What Zendesk found wrong with a write: a fact learned only by trying. */
export type Refusal = 'ticket_closed' | 'ticket_gone' | 'user_gone'

/**
 * Decides again after Zendesk refused what the first decision wanted. The caller has recorded the fact,
 * so `conversation` and `facts` are as they now are, and the same rules apply to them.
 */
export function onTicketRefused(
  refusal: Refusal,
  conversation: Conversation,
  message: CustomerMessageReceived,
  facts: CustomerFacts,
  policy: Policy,
): CustomerDecision {
  const decision = onCustomerMessage(conversation, message, facts, policy)
  const isReplacement = refusal === 'ticket_gone' && decision.effects.length > 0
  return isReplacement ? { ...decision, reason: 'previous_ticket_is_gone' } : decision
}
