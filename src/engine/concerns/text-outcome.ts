import type { TextOutcome } from '../../conversations/events.ts'
import { onTextOutcome } from '../../conversations/on-text-outcome.ts'
import { findConversationOfTicket } from '../../db/conversation-store.ts'
import { ok } from '../../kernel/result.ts'
import type { Concern } from './concern.ts'

/** What the lane toward Klaviyo has to tell the agent, carried out by the lane toward Zendesk. */
export const textOutcome: Concern<null> = {
  gather: () => Promise.resolve(ok(null)),

  async decide({ item }, tx) {
    // Written by `tell.ts` alone, so its shape is our own.
    const event = item.event.payload as TextOutcome
    const conversation = await findConversationOfTicket(tx, item.bridgeId, event.ticketId)
    return {
      decision: onTextOutcome(conversation, event),
      conversationId: conversation?.id ?? null,
    }
  },
}
