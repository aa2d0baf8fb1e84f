import type { z } from 'zod'
import { readBody } from '../api/body.ts'
import type { Call, Route, Routes } from '../api/call.ts'
import { type Answer, refuseForbidden, refuseInvalid, refuseUnknown } from '../api/errors.ts'
import { selfLink, selfOf, sparse } from '../api/json-api.ts'
import { readQuery } from '../api/query.ts'
import type { Webhook } from '../entities.ts'
import { newWebhookId } from '../ids.ts'
import type { RouteParts } from '../parts.ts'
import { listTopics } from '../webhooks/topics.ts'
import { createWebhookBody, updateWebhookBody } from '../webhooks/webhook-body.ts'
import { toTopicResource, toWebhookResource } from '../webhooks/webhook-resource.ts'

const TOPICS = { pointer: '/data/relationships/webhook-topics' }

/** https://developers.klaviyo.com/en/reference/webhooks_api_overview */
export function createWebhookRoutes(parts: RouteParts): Routes {
  return {
    get_webhooks: granted(list),
    create_webhook: granted((call) => create(parts, call)),
    get_webhook: granted((call) => withWebhook(call, (webhook) => showOne(call, webhook, 200))),
    update_webhook: granted((call) => withWebhook(call, (webhook) => update(parts, call, webhook))),
    delete_webhook: granted((call) =>
      withWebhook(call, ({ id }) => {
        call.account.webhooks.delete(id)
        return { status: 204 }
      }),
    ),

    get_webhook_topics({ account, url }) {
      const topics = listTopics(account, parts.switches)
      const data = topics.map((topic) => toTopicResource(topic, url.origin))
      return { status: 200, body: { data, links: { self: selfOf(url), next: null, prev: null } } }
    },

    get_webhook_topic({ account, url, id }) {
      const isKnown = listTopics(account, parts.switches).includes(id)
      if (!isKnown) return refuseUnknown('webhook-topic', id)
      const data = toTopicResource(id, url.origin)
      return { status: 200, body: { data, links: selfLink(url.origin, 'webhook-topics', id) } }
    },
  }
}

function list({ account, url }: Call): Answer {
  const read = readQuery(url, { include: ['webhook-topics'] })
  if (!read.ok) return read.answer
  const webhooks = [...account.webhooks.values()]
  const fields = read.query.fieldsOf('webhook')
  const data = webhooks.map((webhook) => sparse(toWebhookResource(webhook, url.origin), fields))
  const topics = new Set(webhooks.flatMap((webhook) => webhook.topics))
  const included = [...topics].map((topic) => toTopicResource(topic, url.origin))
  const links = { self: selfOf(url), next: null, prev: null }
  return { status: 200, body: { data, ...(read.query.include.size ? { included } : {}), links } }
}

function create({ clock, switches }: RouteParts, call: Call): Answer {
  const read = readBody(createWebhookBody, call.body)
  if (!read.ok) return read.answer
  const { attributes, relationships } = read.value.data
  const topics = idsIn(relationships['webhook-topics'])
  const refused = refuseTopics(topics, listTopics(call.account, switches))
  if (refused !== null) return refused

  const now = clock.now()
  const webhook: Webhook = {
    id: newWebhookId(),
    name: attributes.name,
    description: attributes.description ?? null,
    endpointUrl: attributes.endpoint_url,
    secretKey: attributes.secret_key,
    enabled: true,
    topics,
    createdAt: now,
    updatedAt: now,
  }
  call.account.webhooks.set(webhook.id, webhook)
  return showOne(call, webhook, 201)
}

function update({ clock, switches }: RouteParts, call: Call, webhook: Webhook): Answer {
  const read = readBody(updateWebhookBody, call.body)
  if (!read.ok) return read.answer
  const { attributes, relationships } = read.value.data
  const given = relationships?.['webhook-topics']
  const topics = given === undefined ? webhook.topics : idsIn(given)
  const known = listTopics(call.account, switches)
  const refused = given === undefined ? null : refuseTopics(topics, known)
  if (refused !== null) return refused
  change(webhook, attributes)
  webhook.topics = topics
  webhook.updatedAt = clock.now()
  return showOne(call, webhook, 200)
}

function refuseTopics(topics: readonly string[], known: readonly string[]): Answer | null {
  if (topics.length === 0) {
    return refuseInvalid({ detail: 'At least one webhook topic is required.', source: TOPICS })
  }
  const unknown = topics.find((topic) => !known.includes(topic))
  if (unknown === undefined) return null
  return refuseInvalid({ detail: `'${unknown}' is not a valid webhook topic.`, source: TOPICS })
}

/** Only Advanced KDP customers and app partners may; others get 403 whatever their key's scopes. */
function granted(route: Route): Route {
  return (call) =>
    call.account.grants.webhooks
      ? route(call)
      : refuseForbidden('This account does not have access to the Webhooks API.')
}

function withWebhook({ account, id }: Call, then: (webhook: Webhook) => Answer): Answer {
  const webhook = account.webhooks.get(id)
  return webhook === undefined ? refuseUnknown('webhook', id) : then(webhook)
}

function showOne({ url }: Call, webhook: Webhook, status: number): Answer {
  const read = readQuery(url, { include: ['webhook-topics'] })
  if (!read.ok) return read.answer
  const data = sparse(toWebhookResource(webhook, url.origin), read.query.fieldsOf('webhook'))
  const included = webhook.topics.map((topic) => toTopicResource(topic, url.origin))
  const extra = read.query.include.size > 0 ? { included } : {}
  return { status, body: { data, ...extra, links: { self: data.links.self } } }
}

type Changes = z.infer<typeof updateWebhookBody>['data']['attributes']

function change(webhook: Webhook, changes: Changes): void {
  webhook.name = changes.name ?? webhook.name
  webhook.endpointUrl = changes.endpoint_url ?? webhook.endpointUrl
  webhook.secretKey = changes.secret_key ?? webhook.secretKey
  webhook.enabled = changes.enabled ?? webhook.enabled
  if (changes.description !== undefined) webhook.description = changes.description
}

function idsIn({ data }: { readonly data: readonly { readonly id: string }[] }): string[] {
  return [...new Set(data.map(({ id }) => id))]
}
