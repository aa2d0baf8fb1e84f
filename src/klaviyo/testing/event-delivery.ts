import { parseKlaviyoDelivery } from '../webhook/parse.ts'

/** Properties of a customer's message; their names are inferred, not recorded. */
export const INBOUND = {
  'Message Body': 'Where is my order?',
  'From Number': '+15005550006',
  'From Phone Region': 'US',
  'To Number': '+18005551234',
}

/** An event resource in the documented shape. */
export function resource(properties: unknown = INBOUND, attributes: object = {}) {
  return {
    type: 'event',
    id: '4L3cwQae2TX',
    attributes: {
      timestamp: 1700503941,
      datetime: '2023-11-20 18:12:21+00:00',
      event_properties: properties,
      ...attributes,
    },
    relationships: {
      profile: { data: { type: 'profile', id: '01GDDK' } },
      metric: { data: { type: 'metric', id: 'XPbM2j' } },
    },
  }
}

/** One element of a delivery's `data`. */
export function element(topic: string, data: unknown = resource()) {
  return { external_id: '4L3cwQae2TX', topic: `event:klaviyo.${topic}`, payload: { data } }
}

/** Parses a delivery of these elements and gives its events. */
export function deliver(...data: readonly unknown[]) {
  const meta = { klaviyo_webhook_id: 'w', klaviyo_account_id: 'a' }
  const delivery = parseKlaviyoDelivery({ meta, data })
  return delivery.ok ? delivery.value.events : []
}
