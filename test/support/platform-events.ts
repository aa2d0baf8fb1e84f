import { resource } from '../../src/klaviyo/testing/event-delivery.ts'
import { comment, delivery } from '../../src/zendesk/testing/ticket-delivery.ts'
import { WEBHOOK_ID } from './signed-delivery.ts'

/** An agent's public comment, as Zendesk's webhook tells it. */
export function agentComment(given: {
  readonly eventId: string
  readonly ticketId?: string
  readonly commentId?: string
  readonly body?: string
}): Record<string, unknown> {
  const { eventId, ticketId = '5158', commentId = '8513131871102', body = 'On its way' } = given
  const event = { comment: { ...comment, id: commentId, body } }
  return delivery('ticket.comment_added', event, { id: ticketId }, { id: eventId })
}

/** A customer's text, as one element of a Klaviyo delivery. */
export function customerText(given: {
  readonly eventId: string
  readonly body?: string
  readonly phone?: string
  readonly profileId?: string
}): Record<string, unknown> {
  const { eventId, body = 'Where is my order?' } = given
  const { phone = '+14155550111', profileId = '01GDDK' } = given
  const data = {
    ...resource({ 'Message Body': body, 'From Number': phone, 'To Number': '+18005550100' }),
    id: eventId,
    relationships: { profile: { data: { type: 'profile', id: profileId } } },
  }
  return { external_id: eventId, topic: 'event:klaviyo.sent_sms', payload: { data } }
}

/** A Klaviyo delivery of these elements, under the id that `fromKlaviyo` puts into the header. */
export function klaviyoDelivery(...data: readonly unknown[]): Record<string, unknown> {
  return { meta: { klaviyo_webhook_id: WEBHOOK_ID, klaviyo_account_id: 'a' }, data }
}
