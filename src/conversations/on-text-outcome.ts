import type { ConversationEffect, Decision } from './effects.ts'
import type { TextOutcome } from './events.ts'

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
