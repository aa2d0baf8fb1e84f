import { z } from 'zod'
import { ok, type Result } from '../kernel/result.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { readAnswer } from '../outbound/read-answer.ts'
import { itemsUnder, readList } from './pages.ts'
import type { ZendeskTransport } from './transport.ts'

/** A webhook as Zendesk keeps it. `id` is opaque; `subscriptions` are full event type names. */
export type ZendeskWebhook = {
  readonly id: string
  readonly name: string
  readonly endpoint: string
  readonly status: 'active' | 'inactive'
  readonly subscriptions: readonly string[]
}

/** A webhook to create; `subscriptions` are full event type names. */
export type WebhookDraft = Pick<ZendeskWebhook, 'name' | 'endpoint' | 'subscriptions'>
/** What to change on a webhook; what is not given stays. */
export type WebhookChange = Partial<Pick<ZendeskWebhook, 'endpoint' | 'subscriptions' | 'status'>>

/** https://developer.zendesk.com/api-reference/webhooks/webhooks-api/webhooks/ */
export type Webhooks = {
  /** All whose name contains the text, to the end. */
  list(nameContains: string): Promise<Result<readonly ZendeskWebhook[], ApiProblem>>
  /** The webhook of this id; null when it was deleted. */
  find(id: string): Promise<Result<ZendeskWebhook | null, ApiProblem>>
  /** Creates an active webhook for events. Not idempotent: list by name first. */
  create(draft: WebhookDraft): Promise<Result<ZendeskWebhook, ApiProblem>>
  /** Changes what is given. Idempotent. */
  update(id: string, change: WebhookChange): Promise<Result<null, ApiProblem>>
  remove(id: string): Promise<Result<null, ApiProblem>>
  /** The secret its deliveries are signed with; used as it is, not base64-decoded. */
  signingSecret(id: string): Promise<Result<string, ApiProblem>>
}

const ROOT = '/api/v2/webhooks'

/** Binds the webhook calls to one account. Needs the `webhooks` scopes, or read and write. */
export function createWebhooks(transport: ZendeskTransport): Webhooks {
  return {
    list: (nameContains) =>
      readList(transport, {
        path: ROOT,
        query: { 'filter[name_contains]': nameContains },
        toItems: itemsUnder('webhooks', webhookSchema),
      }),

    async find(id) {
      const answer = await transport.send({ method: 'GET', path: pathOf(id) })
      if (!answer.ok) return isGone(answer.problem) ? ok(null) : answer
      const read = readAnswer(oneWebhookSchema, answer.value)
      return read.ok ? ok(read.value.webhook) : read
    },

    async create(draft) {
      const body = {
        webhook: { ...draft, http_method: 'POST', request_format: 'json', status: 'active' },
      }
      const answer = await transport.send({ method: 'POST', path: ROOT, body })
      if (!answer.ok) return answer
      const read = readAnswer(oneWebhookSchema, answer.value)
      return read.ok ? ok(read.value.webhook) : read
    },

    async update(id, change) {
      const body = { webhook: change }
      return nothing(await transport.send({ method: 'PATCH', path: pathOf(id), body }))
    },

    async remove(id) {
      return nothing(await transport.send({ method: 'DELETE', path: pathOf(id) }))
    },

    async signingSecret(id) {
      const path = `${pathOf(id)}/signing_secret`
      const answer = await transport.send({ method: 'GET', path })
      if (!answer.ok) return answer
      const read = readAnswer(secretSchema, answer.value)
      return read.ok ? ok(read.value.signing_secret.secret) : read
    },
  }
}

const webhookSchema = z
  .looseObject({
    id: z.string(),
    name: z.string(),
    endpoint: z.string(),
    status: z.enum(['active', 'inactive']),
    subscriptions: z.array(z.string()).catch([]),
  })
  .transform(
    ({ id, name, endpoint, status, subscriptions }): ZendeskWebhook => ({
      id,
      name,
      endpoint,
      status,
      subscriptions,
    }),
  )
const oneWebhookSchema = z.looseObject({ webhook: webhookSchema })
const secretSchema = z.looseObject({
  signing_secret: z.looseObject({ secret: z.string().min(1) }),
})

function pathOf(id: string): string {
  return `${ROOT}/${encodeURIComponent(id)}`
}

/** This API has error codes of its own, so the status counts. */
function isGone(problem: ApiProblem): boolean {
  return problem.kind === 'refused' && problem.status === 404
}

function nothing(answer: Result<unknown, ApiProblem>): Result<null, ApiProblem> {
  return answer.ok ? ok(null) : answer
}
