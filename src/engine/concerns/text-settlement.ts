import { sameText } from '../../conversations/comment-text.ts'
import type { Tell } from '../../conversations/effects.ts'
import { lockConversation } from '../../db/conversation-store.ts'
import { findOldestUnsettledText, saveDelivery } from '../../db/text-store.ts'
import { ok } from '../../kernel/result.ts'
import type { KlaviyoEvent } from '../../klaviyo/webhook/parse.ts'
import { unparkWorkItem } from '../parking.ts'
import { insertTell } from '../tell.ts'
import { parseStored } from '../translate-klaviyo.ts'
import type { Concern } from './concern.ts'

type Report = Extract<KlaviyoEvent, { kind: 'message_delivered' | 'message_failed' }>

/**
 * Klaviyo's report on a message that is no campaign and no flow: it settles the oldest text of ours
 * to this profile with this body; one that names no words, the oldest of the last hour. It calls nobody,
 * and runs in a lane of its own, because the text's lane may be waiting for this very report.
 */
export const textSettlement: Concern<null> = {
  gather: () => Promise.resolve(ok(null)),

  async decide({ deps, item }, tx) {
    const event = parseStored(item.event.payload)
    const nothing = {
      decision: { reason: 'not_a_text_of_ours', effects: [] },
      conversationId: null,
    } as const
    if (
      (event.kind !== 'message_delivered' && event.kind !== 'message_failed') ||
      event.profileId === null ||
      (event.body === null && event.marketing?.message != null)
    )
      return nothing

    const text = await findOldestUnsettledText(
      tx,
      item.bridgeId,
      event.profileId,
      event.body === null ? null : deps.hash(sameText(event.body)),
      event.at,
    )
    if (text === null) return nothing
    const delivery = event.kind === 'message_delivered' ? 'delivered' : 'failed'
    await saveDelivery(tx, text.id, delivery, event.eventId, deps.clock.now())
    await unparkWorkItem(tx, text.workItemId)
    const { brandNumber } = await lockConversation(tx, text.text.conversationId)
    const tell = tellOf(event, text.wasTold, brandNumber)
    if (tell !== null) await insertTell({ deps, item }, tx, { text: text.text, tell })
    return {
      decision: { reason: 'settled_a_text', effects: [] },
      conversationId: text.text.conversationId,
    }
  },
}

function tellOf(event: Report, wasTold: boolean, brandNumber: string): Tell | null {
  if (event.kind === 'message_failed')
    return { outcome: 'failed', why: event.failureType ?? 'the carrier gave no reason' }
  if (wasTold) return { outcome: 'delivered_after_all', why: '' }
  const isOther = event.from !== null && brandNumber !== '' && event.from !== brandNumber
  return isOther ? { outcome: 'other_number', why: event.from ?? '' } : null
}
