import { type Conversation, isActive } from './conversation.ts'
import type { ConversationEffect, Decision } from './effects.ts'
import type { ConsentChanged, TextOutcome } from './events.ts'
import { OPTED_OUT_NOTE } from './ticket-draft.ts'

const SAYS: Record<TextOutcome['outcome'], (quoted: string, why: string) => string> = {
  failed: (quoted, why) => `The text ${quoted} did not reach the customer's phone: ${why}.`,
  refused: (quoted, why) => `The text ${quoted} was not sent: ${why}.`,
  unknown: (quoted, why) =>
    `It is not known whether the text ${quoted} reached the customer: ${why}. It was not sent again. Check the conversation in Klaviyo before you repeat it.`,
  delivered_after_all: (quoted) =>
    `Klaviyo now says that the text ${quoted} was delivered after all.`,
}

/** Tells the agent, on the ticket, what became of a text of theirs. */
export function onTextOutcome(event: TextOutcome): Decision<ConversationEffect> {
  const quoted = `“${event.textStart}”`
  const tag = event.outcome === 'delivered_after_all' ? [] : [`sms_${event.outcome}`]
  return {
    reason: 'told_on_ticket',
    effects: [
      {
        kind: 'add_note',
        ticket: { kind: 'known', ticketId: event.ticketId },
        body: SAYS[event.outcome](quoted, event.why),
        addTags: tag,
      },
    ],
  }
}

/**
 * Tells the agent that the customer opted out while their ticket is active; once, also when the text
 * that did it was noted with its ticket already.
 */
export function onConsentChange(
  conversation: Conversation | null,
  event: ConsentChanged,
  isNoted: boolean,
): Decision<ConversationEffect> {
  if (event.to === 'given') return { reason: 'consent_recorded', effects: [] }
  const ticket = conversation?.ticket ?? null
  if (!isActive(ticket)) return { reason: 'no_open_ticket', effects: [] }
  if (isNoted) return { reason: 'opt_out_noted', effects: [] }
  const known = { kind: 'known', ticketId: ticket.id } as const
  const note = { kind: 'add_note', ticket: known, body: OPTED_OUT_NOTE, addTags: [] } as const
  return { reason: 'opt_out_noted', effects: [note] }
}
