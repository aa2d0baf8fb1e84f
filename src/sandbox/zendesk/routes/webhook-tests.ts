import { Hono } from 'hono'
import { ulid } from '../../core/ids.ts'
import { type AttemptOutcome, attemptDelivery } from '../../core/webhook-attempt.ts'
import { isProblem, type Problem, refuse } from '../api/errors.ts'
import { asFields, asText, type Fields } from '../api/wire.ts'
import { readJson, type ZendeskContext, type ZendeskEnv, type ZendeskParts } from '../emulator.ts'
import type { Webhook, WebhookRecord } from '../entities/webhooks.ts'
import { deliveryHeaders } from '../webhooks/delivery-headers.ts'
import { newBreaker } from '../webhooks/webhook-breaker.ts'
import { RULE_EVENTS } from '../webhooks/webhook-delivery.ts'
import { readWebhook, webhookNotFound } from '../webhooks/webhook-input.ts'

/** Signs tests of webhooks that do not exist yet. https://developer.zendesk.com/documentation/webhooks/verifying/ */
const TEST_SECRET = 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ=='

/**
 * One request to an endpoint, made at once and kept nowhere.
 * https://developer.zendesk.com/api-reference/webhooks/webhooks-api/webhooks/#test-webhook
 */
export function webhookTestRoutes(parts: ZendeskParts): Hono<ZendeskEnv> {
  const app = new Hono<ZendeskEnv>()
  app.post('/webhooks/test', async (c) => {
    const body = asFields(await readJson(c))
    // `request` by Zendesk's page, `webhook` by the unofficial document.
    const given = asFields(body.request ?? body.webhook)
    const tested = findTested(parts, c, given)
    if (isProblem(tested)) return refuse(c, tested)
    const payload = asText(given.payload) ?? JSON.stringify(given.payload ?? {})
    return c.json(present(await send(parts, tested, payload), parts.doubts.webhookTestAnswer()))
  })
  return app
}

/** What the request says goes before what the webhook has. */
function findTested({ store, world }: ZendeskParts, c: ZendeskContext, given: Fields) {
  const id = c.req.query('webhook_id')
  const known = id === undefined ? null : store.webhooks.get(id)
  if (known === undefined) return webhookNotFound()
  const asked = { http_method: 'POST', request_format: 'json', ...known?.webhook, ...given }
  const input: ReturnType<typeof readWebhook> = readWebhook(
    { ...asked, name: 'test', subscriptions: [RULE_EVENTS] },
    null,
  )
  return isProblem(input) ? input : toRecord({ id: ulid(world.clock.now()), ...input }, known)
}

function toRecord(
  given: Omit<Webhook, 'created_at' | 'created_by' | 'updated_at' | 'updated_by'>,
  known: WebhookRecord | null,
): WebhookRecord | Problem {
  const stamps = { created_at: '', created_by: '', updated_at: '', updated_by: '' }
  const webhook = { ...given, ...stamps, id: known?.webhook.id ?? given.id }
  const secret = known?.secret ?? TEST_SECRET
  return { webhook, secret, invocations: [], breaker: newBreaker() }
}

function send({ store, world }: ZendeskParts, record: WebhookRecord, body: string) {
  const { now } = world.clock
  const headers = deliveryHeaders(record, store.account.number, ulid(now()), body)
  return attemptDelivery({ endpoint: record.webhook.endpoint, body, headers, number: 1, now })
}

function present(outcome: AttemptOutcome, form: 'test' | 'response') {
  const { status, responseBody, responseHeaders, failure } = outcome
  if (form === 'response') {
    const headers = Object.entries(responseHeaders).map(([key, value]) => ({ key, value }))
    return { response: { status: status ?? 0, headers, payload: responseBody } }
  }
  const isFine = status !== null && status < 300
  const about = { status: isFine ? 'success' : 'failed', message: failure ?? `HTTP ${status}` }
  return {
    test:
      status === null ? about : { ...about, response_code: status, response_body: responseBody },
  }
}
