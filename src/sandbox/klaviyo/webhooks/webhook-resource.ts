import { type Resource, relationship, selfLink, toApiTime } from '../api/json-api.ts'
import type { Webhook } from '../entities.ts'

/** A webhook as the API shows it: never with its secret, and its address cut short. */
export function toWebhookResource(webhook: Webhook, origin: string): Resource {
  const links = selfLink(origin, 'webhooks', webhook.id)
  const topics = webhook.topics.map((id) => ({ type: 'webhook-topic', id }))
  return {
    type: 'webhook',
    id: webhook.id,
    attributes: {
      name: webhook.name,
      description: webhook.description,
      endpoint_url: truncate(webhook.endpointUrl),
      enabled: webhook.enabled,
      created_at: toApiTime(webhook.createdAt),
      updated_at: toApiTime(webhook.updatedAt),
    },
    relationships: { 'webhook-topics': relationship(links, 'webhook-topics', topics) },
    links,
  }
}

export function toTopicResource(topic: string, origin: string): Resource {
  return { type: 'webhook-topic', id: topic, links: selfLink(origin, 'webhook-topics', topic) }
}

/** That reads truncate the address is documented; where they cut is not, so only the origin is left [?]. */
function truncate(endpointUrl: string): string {
  return `${new URL(endpointUrl).origin}/...`
}
