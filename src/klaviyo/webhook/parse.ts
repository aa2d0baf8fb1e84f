import { z } from 'zod'
import type { KlaviyoEventId } from '../../kernel/ids.ts'
import { err, ok, type Result } from '../../kernel/result.ts'
import { firstIssue } from '../../outbound/read-answer.ts'
import { isRecord, optionalText, toText } from '../wire.ts'
import { idOf, parseKlaviyoEventResource } from './event-resource.ts'
import { meaningOf } from './event-types.ts'
import type { KlaviyoEvent } from './klaviyo-event.ts'

export { parseKlaviyoEventResource } from './event-resource.ts'
export type { KlaviyoEvent } from './klaviyo-event.ts'

/** One webhook request: up to 1,000 events, in no promised order, repeats possible. */
export type KlaviyoDelivery = {
  /** To be compared with the `Klaviyo-Webhook-Id` header. */
  readonly webhookId: string | null
  readonly accountId: string | null
  /** One for each element of `data`, in its order. */
  readonly events: readonly KlaviyoEvent[]
}

/** Why a delivery as a whole cannot be read, as `path: what`. */
export type DeliveryProblem = string

/**
 * Reads the parsed JSON of a delivery whose signature has been verified. Never throws, for any
 * JSON. Each element is read on its own: a bad one becomes `unreadable` and harms no other. Only
 * a delivery without a `data` list is a problem.
 *
 * https://developers.klaviyo.com/en/docs/working_with_system_webhooks
 */
export function parseKlaviyoDelivery(json: unknown): Result<KlaviyoDelivery, DeliveryProblem> {
  const parsed = deliverySchema.safeParse(json)
  if (!parsed.success) return err(firstIssue(parsed.error))

  const { meta, data } = parsed.data
  return ok({
    webhookId: meta.klaviyo_webhook_id,
    accountId: meta.klaviyo_account_id,
    events: data.map(parseElement),
  })
}

/** The account id is absent in one of Klaviyo's two published samples. */
const deliveryMeta = z
  .looseObject({ klaviyo_webhook_id: optionalText, klaviyo_account_id: optionalText })
  .catch({ klaviyo_webhook_id: null, klaviyo_account_id: null })

const deliverySchema = z.looseObject({ meta: deliveryMeta, data: z.array(z.unknown()) })

/** `external_id` is the event's id; it stands in when the payload has none. */
function parseElement(element: unknown): KlaviyoEvent {
  const fields = isRecord(element) ? element : {}
  const topic = typeof fields.topic === 'string' ? fields.topic : ''
  const eventId = toText(fields.external_id) as KlaviyoEventId | null
  const resource = isRecord(fields.payload) ? fields.payload.data : undefined

  if (topic === '') return { kind: 'unreadable', topic, eventId, problem: 'topic: missing' }
  if (!isRecord(resource) && meaningOf(topic) !== null) {
    return { kind: 'unreadable', topic, eventId, problem: 'payload.data: missing' }
  }
  const id = idOf(resource) ?? eventId
  return parseKlaviyoEventResource(isRecord(resource) ? { ...resource, id } : { id }, topic)
}
