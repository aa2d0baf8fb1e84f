import { Hono } from 'hono'
import { ulid } from '../../core/ids.ts'
import { comparePlaces } from '../api/cursors.ts'
import { isProblem, refuse } from '../api/errors.ts'
import { paginate } from '../api/paging.ts'
import { asFields, toWireTime } from '../api/wire.ts'
import { readJson, type ZendeskContext, type ZendeskEnv, type ZendeskParts } from '../emulator.ts'
import type { WebhookRecord } from '../entities/webhooks.ts'
import { newSigningSecret } from '../webhooks/signing.ts'
import { newBreaker } from '../webhooks/webhook-breaker.ts'
import { readWebhook, webhookNotFound } from '../webhooks/webhook-input.ts'

const ALL = '/webhooks'
const ONE = `${ALL}/:webhookId`

/** https://developer.zendesk.com/api-reference/webhooks/webhooks-api/webhooks/ */
export function webhookRoutes(parts: ZendeskParts): Hono<ZendeskEnv> {
  const app = new Hono<ZendeskEnv>()
  app.get(ALL, (c) => list(parts, c))
  app.post(ALL, (c) => create(parts, c))
  app.get(ONE, (c) => withWebhook(parts, c, (record) => c.json({ webhook: present(record) })))
  app.on(['PUT', 'PATCH'], ONE, async (c) => {
    const given = asFields(await readJson(c)).webhook
    return withWebhook(parts, c, (record) => change(parts, c, record, given))
  })
  app.delete(ONE, (c) =>
    withWebhook(parts, c, ({ webhook }) => {
      parts.store.webhooks.delete(webhook.id)
      return c.body(null, 204)
    }),
  )
  app.get(`${ONE}/signing_secret`, (c) =>
    withWebhook(parts, c, (record) => c.json(presentSecret(record))),
  )
  app.post(`${ONE}/signing_secret`, (c) =>
    withWebhook(parts, c, (record) => {
      record.secret = newSigningSecret()
      return c.json(presentSecret(record), 201)
    }),
  )
  app.get(`${ONE}/invocations`, (c) =>
    withWebhook(parts, c, (record) => listInvocations(parts, c, record)),
  )
  app.get(`${ONE}/invocations/:invocationId/attempts`, (c) =>
    withWebhook(parts, c, ({ invocations }) => {
      const invocation = invocations.find(({ id }) => id === c.req.param('invocationId'))
      return invocation === undefined ? absent(c) : c.json({ attempts: invocation.attempts })
    }),
  )
  return app
}

function withWebhook(
  { store }: ZendeskParts,
  c: ZendeskContext,
  answer: (record: WebhookRecord) => Response,
): Response {
  const record = store.webhooks.get(c.req.param('webhookId') ?? '')
  return record === undefined ? absent(c) : answer(record)
}

function list({ store }: ZendeskParts, c: ZendeskContext): Response {
  const listed = filtered([...store.webhooks.values()], c.req.query())
  const sort = c.req.query('sort')
  const by = sort === 'name' || sort === 'status' ? sort : 'id'
  const keyOf = ({ webhook }: WebhookRecord) => ({ key: `${webhook[by]}\n${webhook.id}`, id: 0 })
  const items = listed.toSorted((a, b) => comparePlaces(keyOf(a), keyOf(b)))
  const page = paginate({ url: withDefaultPage(c.req.url) }, { items, keyOf })
  if (isProblem(page)) return refuse(c, page)
  return c.json({ webhooks: page.items.map(present), ...page.about })
}

async function create({ store, world }: ZendeskParts, c: ZendeskContext): Promise<Response> {
  const clonedId = c.req.query('clone_webhook_id')
  const cloned = clonedId === undefined ? null : store.webhooks.get(clonedId)
  if (cloned === undefined) return absent(c)
  const input = readWebhook(asFields(await readJson(c)).webhook, cloned?.webhook ?? null)
  if (isProblem(input)) return refuse(c, input)
  const at = toWireTime(world.clock.now())
  const by = String(c.get('user').id)
  const stamps = { created_at: at, created_by: by, updated_at: at, updated_by: by }
  const webhook = { id: ulid(world.clock.now()), ...input, ...stamps }
  const record = { webhook, secret: newSigningSecret(), invocations: [], breaker: newBreaker() }
  store.webhooks.set(webhook.id, record)
  return c.json({ webhook: present(record) }, 201)
}

function change(
  { world }: ZendeskParts,
  c: ZendeskContext,
  record: WebhookRecord,
  given: unknown,
): Response {
  const input = readWebhook(given, record.webhook)
  if (isProblem(input)) return refuse(c, input)
  const updated_at = toWireTime(world.clock.now())
  const updated_by = String(c.get('user').id)
  record.webhook = { ...record.webhook, ...input, updated_at, updated_by }
  return c.body(null, 204)
}

/** The newest first; a week of them. */
function listInvocations(
  { world }: ZendeskParts,
  c: ZendeskContext,
  record: WebhookRecord,
): Response {
  const status = c.req.query('filter[status]')
  const since = world.clock.now() - WEEK_MS
  const from = Math.max(since, Date.parse(c.req.query('filter[from_ts]') ?? '') || 0)
  const to = Date.parse(c.req.query('filter[to_ts]') ?? '') || Number.POSITIVE_INFINITY
  const items = record.invocations
    .filter(({ created_at }) => Date.parse(created_at) >= from && Date.parse(created_at) <= to)
    .filter((invocation) => status === undefined || invocation.status === status)
    .toReversed()
  const keyOf = ({ id }: { id: string }) => ({ key: id, id: 0 })
  const request = { url: withDefaultPage(c.req.url) }
  const page = paginate(request, { items, keyOf, direction: 'desc' })
  if (isProblem(page)) return refuse(c, page)
  const invocations = page.items.map(({ attempts, ...invocation }) => {
    return { ...invocation, attempts_count: attempts.length }
  })
  return c.json({ invocations, ...page.about })
}

const WEEK_MS = 7 * 24 * 3_600_000

/** These lists know cursor paging only. */
function withDefaultPage(address: string): string {
  const url = new URL(address)
  if (!url.searchParams.has('page[size]')) url.searchParams.set('page[size]', '100')
  return url.toString()
}

function absent(c: ZendeskContext): Response {
  return refuse(c, webhookNotFound())
}

function filtered(records: WebhookRecord[], query: Record<string, string>): WebhookRecord[] {
  const name = query['filter[name_contains]']?.toLowerCase()
  const status = query['filter[status]']
  return records.filter(({ webhook }) => {
    if (status !== undefined && webhook.status !== status) return false
    return name === undefined || webhook.name.toLowerCase().includes(name)
  })
}

/** What was not given is left out [I]. Secrets are never shown: not the signing secret, nor what `authentication` holds. */
function present({ webhook }: WebhookRecord): Record<string, unknown> {
  const { authentication, description, custom_headers, ...rest } = webhook
  const given = { ...(description && { description }), ...(custom_headers && { custom_headers }) }
  const shown = { ...rest, ...given }
  if (authentication === null) return shown
  const { data: _data, ...kind } = authentication
  return { ...shown, authentication: kind }
}

function presentSecret({ secret }: WebhookRecord): Record<string, unknown> {
  return { signing_secret: { secret, algorithm: 'SHA256' } }
}
