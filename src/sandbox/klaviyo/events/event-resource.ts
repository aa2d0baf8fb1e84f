import {
  KLAVIYO_ORIGIN,
  type Resource,
  relationship,
  selfLink,
  toApiTime,
} from '../api/json-api.ts'
import type { KlaviyoEvent } from '../entities.ts'

/** An event as the Events API shows it; profile and metric only as ids. */
export function toEventResource(event: KlaviyoEvent, origin: string): Resource {
  const links = selfLink(origin, 'events', event.id)
  return {
    type: 'event',
    id: event.id,
    attributes: {
      timestamp: event.at / 1000,
      event_properties: event.properties,
      datetime: toApiTime(event.at),
      uuid: event.uuid,
    },
    relationships: {
      profile: relationship(links, 'profile', { type: 'profile', id: event.profileId }),
      metric: relationship(links, 'metric', { type: 'metric', id: event.metricId }),
    },
    links,
  }
}

/**
 * The same inside a webhook delivery, where `datetime` has a space in place of the `T`.
 * https://developers.klaviyo.com/en/docs/working_with_system_webhooks
 */
export function toDeliveredEvent(event: KlaviyoEvent, topic: string): Record<string, unknown> {
  const resource = toEventResource(event, KLAVIYO_ORIGIN)
  const datetime = toApiTime(event.at).replace('T', ' ')
  return {
    topic,
    external_id: event.id,
    payload: { data: { ...resource, attributes: { ...resource.attributes, datetime } } },
  }
}
