import { onConsentChange } from '../../conversations/on-consent-change.ts'
import { findActiveConversation } from '../../db/conversation-store.ts'
import { hasNotedOptOut } from '../../db/work-store.ts'
import { ok } from '../../kernel/result.ts'
import { parseStored, toConsentChanged } from '../translate-klaviyo.ts'
import type { Concern } from './concern.ts'

/** A consent change: already recorded at intake; here an agent with an open ticket is told. */
export const consent: Concern<null> = {
  gather: () => Promise.resolve(ok(null)),

  async decide({ item }, tx) {
    const change = toConsentChanged(parseStored(item.event.payload))
    const conversation =
      item.event.customerId === null
        ? null
        : await findActiveConversation(tx, item.event.customerId)
    const isNoted = conversation !== null && (await hasNotedOptOut(tx, conversation.id, change.at))
    return {
      decision: onConsentChange(conversation, change, isNoted),
      conversationId: conversation?.id ?? null,
    }
  },
}
