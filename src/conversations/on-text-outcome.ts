import type { TicketId, ZendeskUserId } from '../kernel/ids.ts'
import { type Conversation, isActive, type Policy } from './conversation.ts'
import { deliveryFailure } from './delivery-failure.ts'
import type { ConversationEffect, Decision } from './effects.ts'
import type { TextOutcome } from './events.ts'
import { subjectOf } from './ticket-draft.ts'

type Outcome = TextOutcome['outcome']

const SAYS: Record<Outcome, (quoted: string, why: string) => string> = {
  failed: (quoted, why) =>
    `The text ${quoted} did not reach the customer's phone: ${deliveryFailure(why).says}.`,
  refused: (quoted, why) => `The text ${quoted} was not sent: ${why}.`,
  unknown: (quoted, why) =>
    `It is not known whether the text ${quoted} reached the customer: ${why}.`,
  other_number: (quoted, why) =>
    `The text ${quoted} went out from ${why}, not from the number that the customer had texted. Klaviyo chooses it.`,
  delivered_after_all: (quoted) =>
    `Klaviyo now says that the text ${quoted} was delivered after all.`,
}

/** What the agent can do about it. */
const ADVICE: Record<Outcome, (why: string) => string> = {
  failed: (why) => ` ${deliveryFailure(why).advice}`,
  refused: () =>
    ' Once that is mended, answer again: a new answer is a new text. Or reach the customer in another way.',
  unknown: () => ' It was not sent again. Check the conversation in Klaviyo before you repeat it.',
  other_number: () => '',
  delivered_after_all: () => '',
}

/** What an agent has to act on: it puts a solved ticket back before them, and is tagged. */
const NEEDS_AN_AGENT: readonly Outcome[] = ['failed', 'refused', 'unknown']

/** Tells the agent, on the ticket, what became of a text of theirs. */
export function onTextOutcome(
  conversation: Conversation | null,
  event: TextOutcome,
): Decision<ConversationEffect> {
  const current = conversation?.ticket ?? null
  const isCurrent = current?.id === event.ticketId
  return noteOn(event, event.ticketId, isCurrent && current.status === 'solved')
}

/**
 * Tells it elsewhere when the text's own ticket is closed, which is final: on the conversation's active
 * ticket, else on a new one. Only what needs an agent is worth a new ticket.
 */
export function onTellRefused(
  conversation: Conversation,
  event: TextOutcome,
  known: { readonly policy: Policy; readonly requesterId: ZendeskUserId | null },
): Decision<ConversationEffect> {
  const { ticket } = conversation
  if (isActive(ticket) && ticket.id !== event.ticketId) return noteOn(event, ticket.id, false)
  const { requesterId, policy } = known
  if (requesterId === null || !NEEDS_AN_AGENT.includes(event.outcome))
    return { reason: 'no_open_ticket', effects: [] }
  const body = `${withAdvice(event)} It was written on ticket #${event.ticketId}, which is closed.`
  return {
    reason: 'told_on_new_ticket',
    effects: [
      {
        kind: 'create_ticket',
        conversationId: conversation.id,
        requester: { kind: 'known', userId: requesterId },
        subject: subjectOf(sentence(event), conversation.channel),
        body,
        tags: [conversation.channel, ...policy.tags, ...tagsOf(event)],
        brandId: policy.brandId,
        isNote: true,
      },
    ],
  }
}

function noteOn(
  event: TextOutcome,
  ticketId: TicketId,
  isSolved: boolean,
): Decision<ConversationEffect> {
  const needsAgent = NEEDS_AN_AGENT.includes(event.outcome)
  const elsewhere =
    ticketId === event.ticketId ? '' : ` It was written on ticket #${event.ticketId}.`
  return {
    reason: 'told_on_ticket',
    effects: [
      {
        kind: 'add_note',
        ticket: { kind: 'known', ticketId },
        body: `${withAdvice(event)}${elsewhere}`,
        addTags: tagsOf(event),
        reopens: needsAgent && isSolved,
      },
    ],
  }
}

function sentence(event: TextOutcome): string {
  // A platform's own words may end as a sentence does.
  return SAYS[event.outcome](`“${event.textStart}”`, event.why.replace(/\.$/, ''))
}

function withAdvice(event: TextOutcome): string {
  return `${sentence(event)}${ADVICE[event.outcome](event.why)}`
}

function tagsOf({ outcome }: TextOutcome): readonly string[] {
  return NEEDS_AN_AGENT.includes(outcome) ? [`sms_${outcome}`] : []
}
