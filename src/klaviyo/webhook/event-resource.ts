import { z } from 'zod'
import type { KlaviyoEventId, MetricId, ProfileId } from '../../kernel/ids.ts'
import { type Instant, instant, parseInstant, SECOND } from '../../kernel/instant.ts'
import { firstIssue } from '../../outbound/read-answer.ts'
import { isRecord, relatedId, toText } from '../wire.ts'
import { type MessageChannel, meaningOf } from './event-types.ts'
import type { EventFields, KlaviyoEvent, OutgoingMessage } from './klaviyo-event.ts'
import { fromNumber, marketingOrigin, messageBody, toNumber } from './message-properties.ts'

/**
 * Reads one JSON:API event resource, `{"type": "event", "id", "attributes", "relationships"}`,
 * from a webhook's payload or from `GET /api/events`. Never throws, for any JSON.
 *
 * `topicOrMetricName` decides the meaning; a metric's name counts only when the metric is one of
 * Klaviyo's own, which the caller checks.
 *
 * https://developers.klaviyo.com/en/reference/get_event
 */
export function parseKlaviyoEventResource(
  resource: unknown,
  topicOrMetricName: string,
): KlaviyoEvent {
  const topic = topicOrMetricName
  const eventId = idOf(resource)
  const found = meaningOf(topic)
  if (found === null) return { kind: 'unsupported', topic, eventId }

  const parsed = resourceSchema.safeParse(resource)
  if (!parsed.success) {
    return { kind: 'unreadable', topic, eventId, problem: firstIssue(parsed.error) }
  }
  return toEvent({ topic, ...parsed.data }, found)
}

/** The id of a resource, when it has one. */
export function idOf(resource: unknown): KlaviyoEventId | null {
  return isRecord(resource) ? (toText(resource.id) as KlaviyoEventId | null) : null
}

/** The last second that a JavaScript date can hold. */
const LAST_SECOND = 8.64e12

/** `datetime` comes with a space or a `T`; `timestamp` in seconds is the fallback. */
function timeOf(attributes: Readonly<Record<string, unknown>>): Instant | null {
  const { datetime, timestamp } = attributes
  const at = typeof datetime === 'string' ? parseInstant(datetime) : null
  if (at !== null || typeof timestamp !== 'number') return at
  return Math.abs(timestamp) <= LAST_SECOND ? instant(timestamp * SECOND) : null
}

const attributesSchema = z.looseObject({}).transform((attributes, context) => {
  const at = timeOf(attributes)
  const { event_properties: properties } = attributes
  if (at !== null) return { at, properties: isRecord(properties) ? properties : {} }
  context.addIssue({ code: 'custom', path: ['datetime'], message: 'missing or not a time' })
  return z.NEVER
})

/** An event resource's own fields, under our names. */
export const resourceSchema = z
  .looseObject({
    id: z.string().min(1),
    attributes: attributesSchema,
    relationships: z
      .looseObject({ profile: relatedId, metric: relatedId })
      .catch({ profile: null, metric: null }),
  })
  .transform(
    ({ id, attributes, relationships }): Omit<EventFields, 'topic'> => ({
      eventId: id as KlaviyoEventId,
      at: attributes.at,
      profileId: relationships.profile as ProfileId | null,
      metricId: relationships.metric as MetricId | null,
      properties: attributes.properties,
    }),
  )

function toEvent(
  fields: EventFields,
  { meaning, channel }: NonNullable<ReturnType<typeof meaningOf>>,
): KlaviyoEvent {
  const { properties } = fields
  switch (meaning) {
    case 'customer_message':
      return toCustomerMessage(fields, channel)
    case 'message_delivered':
    case 'auto_response_delivered':
      return { kind: meaning, ...fields, ...toOutgoing(properties, channel) }
    case 'message_failed':
      return {
        kind: meaning,
        ...fields,
        ...toOutgoing(properties, channel),
        failureType: toText(properties['Failure Type']),
        failureSource: toText(properties['Failure Source']),
      }
    case 'consent_given':
      return { kind: meaning, ...fields, method: toText(properties.Method) }
    case 'consent_withdrawn':
      return { kind: meaning, ...fields }
  }
}

function toCustomerMessage(fields: EventFields, channel: MessageChannel): KlaviyoEvent {
  const { eventId, topic, properties } = fields
  const body = messageBody(properties)
  const from = fromNumber(properties)
  if (body !== null && from !== null) {
    return { kind: 'customer_message', ...fields, channel, body, from, to: toNumber(properties) }
  }

  const missing = body === null ? 'Message Body' : 'From Number'
  const problem = `attributes.event_properties.${missing}: missing`
  return { kind: 'unreadable', topic, eventId, problem }
}

function toOutgoing(
  properties: EventFields['properties'],
  channel: MessageChannel,
): OutgoingMessage {
  return {
    channel,
    body: messageBody(properties),
    from: fromNumber(properties),
    to: toNumber(properties),
    marketing: marketingOrigin(properties),
    carrierStatus: toText(properties['Carrier Delivery Status']),
  }
}
