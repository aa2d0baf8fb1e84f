import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../sandbox-for-tests.ts'
import { createSubscriptions } from './webhook-for-tests.ts'

let sandbox: TestSandbox
let webhooks: ReturnType<typeof createSubscriptions>
beforeAll(async () => {
  sandbox = await startTestSandbox()
  webhooks = createSubscriptions(sandbox)
})
beforeEach(async () => {
  await sandbox.control('POST', '/reset')
})
afterEach(() => webhooks.close())
afterAll(() => sandbox.close())

const subscribe: typeof webhooks.subscribe = (...asked) => webhooks.subscribe(...asked)
const newTicket = () => webhooks.newTicket()
const delivered = () => webhooks.delivered()

const answerTicket = (id: number) =>
  sandbox.control('POST', `/tickets/${id}/comments`, {
    agentEmail: 'agent@example.com',
    body: 'Hi Rut',
    public: true,
  })

const RULES = ['conditional_ticket_events']

describe('a webhook', () => {
  it('shows no secrets, and its signing secret only when asked', async () => {
    const { id, webhook } = await subscribe()
    expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
    expect(webhook.authentication).toEqual({ type: 'bearer_token', add_position: 'header' })
    const first = await sandbox.api('GET', `/webhooks/${id}/signing_secret`)
    expect(first.body.signing_secret).toMatchObject({ algorithm: 'SHA256' })
    const reset = await sandbox.api('POST', `/webhooks/${id}/signing_secret`)
    expect(reset.status).toBe(201)
    expect(reset.body.signing_secret.secret).not.toBe(first.body.signing_secret.secret)
  })

  it('is found by name, changed and deleted', async () => {
    const { id } = await subscribe()
    const found = await sandbox.api('GET', '/webhooks?filter[name_contains]=brid&page[size]=10')
    expect(found.body.webhooks).toHaveLength(1)
    const change = { webhook: { status: 'inactive' } }
    expect((await sandbox.api('PATCH', `/webhooks/${id}`, change)).status).toBe(204)
    expect((await sandbox.api('GET', `/webhooks/${id}`)).body.webhook.status).toBe('inactive')
    expect((await sandbox.api('DELETE', `/webhooks/${id}`)).status).toBe(204)
    expect((await sandbox.api('GET', `/webhooks/${id}`)).status).toBe(404)
  })

  it.each([
    ['no name', { name: '' }, 400],
    ['plain http to elsewhere', { endpoint: 'http://bridge.example.com/x' }, 400],
    ['an unknown kind of event', { subscriptions: ['ticket.created'] }, 400],
    ['rules, in a format not emulated', { subscriptions: RULES, request_format: 'xml' }, 501],
  ])('is refused with %s', async (_why, more, status) => {
    const webhook = {
      name: 'x',
      endpoint: 'http://127.0.0.1:1/x',
      http_method: 'POST',
      request_format: 'json',
      subscriptions: ['zen:event-type:ticket.created'],
      ...more,
    }
    expect((await sandbox.api('POST', '/webhooks', { webhook })).status).toBe(status)
  })
})

describe('an event', () => {
  it('is signed over its timestamp and its very bytes', async () => {
    const { id, received } = await subscribe(['created'])
    const secret = await sandbox.api('GET', `/webhooks/${id}/signing_secret`)
    await newTicket()
    await delivered()

    const { headers, body } = received[0] ?? { headers: {}, body: '' }
    const timestamp = String(headers['x-zendesk-webhook-signature-timestamp'])
    const expected = createHmac('sha256', secret.body.signing_secret.secret)
      .update(timestamp + body)
      .digest('base64')
    expect(headers['x-zendesk-webhook-signature']).toBe(expected)
    expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    expect(headers).toMatchObject({
      'x-zendesk-webhook-id': id,
      'user-agent': 'Zendesk Webhook',
      'content-type': 'application/json; charset=utf-8',
      authorization: 'Bearer t',
      'x-env': 'test',
    })
    expect(body).toMatch(/^\{\n {3}"account_id": \d+,[\s\S]*\n\}\n$/)
  })

  it('carries real time in its signature after the clock was advanced', async () => {
    const { received } = await subscribe(['created'])
    await sandbox.control('POST', '/clock', { advanceMs: 86_400_000 })
    await newTicket()
    await delivered()
    const signedAt = String(received[0]?.headers['x-zendesk-webhook-signature-timestamp'])
    expect(Math.abs(Date.parse(signedAt) - Date.now())).toBeLessThan(10_000)
    const event = JSON.parse(received[0]?.body ?? '{}')
    expect(Date.parse(event.time) - Date.now()).toBeGreaterThan(80_000_000)
  })

  it('says who, what and where, with ids as text and words in upper case', async () => {
    const { received } = await subscribe(['comment_added', 'status_changed'])
    const ticket = await newTicket()
    await delivered()
    received.length = 0
    const answered = await answerTicket(ticket.body.id)
    await delivered()

    const events = received.map(({ body }) => JSON.parse(body))
    const said = events.find(({ type }) => type.endsWith('comment_added'))
    const changed = events.find(({ type }) => type.endsWith('status_changed'))
    expect(said.subject).toBe(`zen:ticket:${ticket.body.id}`)
    expect(said.detail).toMatchObject({ id: String(ticket.body.id), status: 'OPEN', tags: [] })
    expect(said.detail).not.toHaveProperty('custom_fields')
    expect(said.event.comment).toMatchObject({
      id: String(answered.body.commentId),
      body: 'Hi Rut',
      is_public: true,
      author: { is_staff: true, name: 'Alva Agent' },
    })
    expect(changed.event).toMatchObject({ current: 'OPEN', previous: 'NEW' })
    expect(changed.event.meta.sequence.id).toBe(said.event.meta.sequence.id)
    expect(changed.id).not.toBe(said.id)
  })

  it('reaches every webhook that subscribes to it, and no other', async () => {
    const story = await subscribe()
    const tags = await subscribe(['tags_changed', 'created'])
    await newTicket()
    await delivered()
    expect(story.types().sort()).toEqual(['comment_added', 'created'])
    expect(tags.types()).toEqual(['created'])
  })

  it.each([
    ['webhook_enum_case', 'title', { status: 'New' }],
    ['webhook_enum_case', 'lower', { status: 'new' }],
    ['webhook_tags', 'string', { tags: '' }],
    ['webhook_missing_values', 'empty', { assignee_id: '0', priority: '' }],
  ])('is spelt otherwise when %s is %s', async (name, value, detail) => {
    const { received } = await subscribe(['created'])
    await sandbox.control('PUT', '/settings', { [name]: value })
    await newTicket()
    await delivered()
    expect(JSON.parse(received[0]?.body ?? '{}').detail).toMatchObject(detail)
  })

  it('of a first comment can be left out', async () => {
    const { types } = await subscribe()
    await sandbox.control('PUT', '/settings', { ticket_created_also_sends_comment_added: false })
    await newTicket()
    await delivered()
    expect(types()).toEqual(['created'])
  })

  it.each([
    ['on', ['status_changed']],
    ['off', []],
  ])('of a close by an automation is sent when the switch is %s', async (value, types) => {
    await sandbox.control('POST', '/tickets/3/status', { status: 'solved' })
    const receiver = await subscribe(['status_changed'])
    await sandbox.control('PUT', '/settings', { close_by_automation_sends_event: value })
    await sandbox.control('POST', '/clock', { advanceMs: 97 * 3_600_000 })
    await sandbox.control('POST', '/run-automations')
    await delivered()
    const mine = receiver.received.filter(({ body }) => JSON.parse(body).subject === 'zen:ticket:3')
    expect(mine.map(({ body }) => JSON.parse(body).event.current)).toEqual(
      types.map(() => 'CLOSED'),
    )
  })

  it.each([
    ['merging', '/tickets/3/merge', { into: 5 }, ['comment_added', 'merged', 'status_changed']],
    ['deleting', '/tickets/3/delete', {}, ['soft_deleted']],
    ['another requester', '/tickets/3/requester', { email: 'a@b.example' }, ['requester_changed']],
    ['solving', '/tickets/3/status', { status: 'solved' }, ['status_changed']],
  ])('tells of %s', async (_what, path, body, types) => {
    const receiver = await subscribe([
      'status_changed',
      'comment_added',
      'merged',
      'soft_deleted',
      'requester_changed',
    ])
    await sandbox.control('POST', path, body)
    await delivered()
    expect([...new Set(receiver.types())].sort()).toEqual(types)
  })
})
