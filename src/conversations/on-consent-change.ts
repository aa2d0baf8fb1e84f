import { type Conversation, isActive } from './conversation.ts'
import type { ConversationEffect, Decision } from './effects.ts'
import type { ConsentChanged } from './events.ts'
import { OPTED_OUT_NOTE } from './ticket-draft.ts'

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
  const note = {
    kind: 'add_note',
    ticket: known,
    body: OPTED_OUT_NOTE,
    addTags: [],
    reopens: false,
  } as const
  return { reason: 'opt_out_noted', effects: [note] }
}
