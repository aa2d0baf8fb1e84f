import { z } from 'zod'
import { ok, type Result } from '../kernel/result.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { type JsonAnswer, readAnswer } from '../outbound/read-answer.ts'
import { readAll } from './pages.ts'
import type { KlaviyoTransport } from './transport.ts'
import { relatedIds } from './wire.ts'

/** A system webhook. Klaviyo truncates `endpointUrl` in every answer and never shows the secret. */
export type KlaviyoWebhook = {
  readonly id: string
  readonly name: string
  readonly endpointUrl: string
  /** Turned off by Klaviyo after 48 hours of failures; what it missed is not sent again. */
  readonly isEnabled: boolean
  readonly topicIds: readonly string[]
}

/** A webhook to create. */
export type WebhookDraft = {
  readonly name: string
  /** https, with a certificate others trust; no redirects. */
  readonly endpointUrl: string
  /** At least 16 characters (second-hand). */
  readonly secretKey: string
  readonly topicIds: readonly string[]
}

/** What to change on a webhook; what is not given stays. */
export type WebhookChange = Partial<WebhookDraft> & { readonly isEnabled?: boolean }

/**
 * System webhooks, for accounts with Advanced KDP and for app partners; for others every call is
 * 403 whatever the scopes (seen 2026-07). One call a second, 15 a minute.
 * https://developers.klaviyo.com/en/reference/webhooks_api_overview
 */
export type Webhooks = {
  /** The ids of the topics this account has, to the end. */
  topics(): Promise<Result<readonly string[], ApiProblem>>
  list(): Promise<Result<readonly KlaviyoWebhook[], ApiProblem>>
  /** Not idempotent: list by name first. It may take 15 minutes to start sending. */
  create(draft: WebhookDraft): Promise<Result<KlaviyoWebhook, ApiProblem>>
  /** Changes what is given. Idempotent. */
  update(id: string, change: WebhookChange): Promise<Result<KlaviyoWebhook, ApiProblem>>
  remove(id: string): Promise<Result<null, ApiProblem>>
}

const ROOT = '/api/webhooks'

/** Binds the webhook calls to one account. Needs `webhooks:read`, `webhooks:write`. */
export function createWebhooks(transport: KlaviyoTransport): Webhooks {
  return {
    topics: () =>
      readAll(
        transport,
        { path: '/api/webhook-topics', operation: 'get_webhook_topics' },
        topicSchema,
      ),

    list() {
      const query = { include: 'webhook-topics' }
      return readAll(transport, { path: ROOT, operation: 'get_webhooks', query }, webhookSchema)
    },

    async create(draft) {
      const call = { path: ROOT, operation: 'create_webhook', body: { data: toWire(draft) } }
      return readWebhook(await transport.send({ method: 'POST', ...call }))
    },

    async update(id, change) {
      const body = { data: { id, ...toWire(change) } }
      const call = { path: pathOf(id), operation: 'update_webhook', body }
      return readWebhook(await transport.send({ method: 'PATCH', ...call }))
    },

    async remove(id) {
      const call = { path: pathOf(id), operation: 'delete_webhook' }
      const answer = await transport.send({ method: 'DELETE', ...call })
      return answer.ok ? ok(null) : answer
    },
  }
}

const topicSchema = z.looseObject({ id: z.string() }).transform(({ id }) => id)

const webhookSchema = z
  .looseObject({
    id: z.string().min(1),
    attributes: z.looseObject({
      name: z.string().catch(''),
      endpoint_url: z.string().catch(''),
      enabled: z.boolean().catch(true),
    }),
    relationships: z.looseObject({ 'webhook-topics': relatedIds }).catch({ 'webhook-topics': [] }),
  })
  .transform(
    ({ id, attributes, relationships }): KlaviyoWebhook => ({
      id,
      name: attributes.name,
      endpointUrl: attributes.endpoint_url,
      isEnabled: attributes.enabled,
      topicIds: relationships['webhook-topics'],
    }),
  )

function readWebhook(answer: Result<JsonAnswer, ApiProblem>): Result<KlaviyoWebhook, ApiProblem> {
  if (!answer.ok) return answer
  const read = readAnswer(z.looseObject({ data: webhookSchema }), answer.value)
  return read.ok ? ok(read.value.data) : read
}

function toWire(change: WebhookChange): Readonly<Record<string, unknown>> {
  const topics = change.topicIds?.map((id) => ({ type: 'webhook-topic', id }))
  return {
    type: 'webhook',
    attributes: {
      name: change.name,
      endpoint_url: change.endpointUrl,
      secret_key: change.secretKey,
      enabled: change.isEnabled,
    },
    relationships: topics === undefined ? undefined : { 'webhook-topics': { data: topics } },
  }
}

function pathOf(id: string): string {
  return `${ROOT}/${encodeURIComponent(id)}`
}
