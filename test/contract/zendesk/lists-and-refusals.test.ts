import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../../src/sandbox/sandbox-for-tests.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox()
})
beforeEach(async () => {
  await sandbox.control('POST', '/reset')
})
afterAll(() => sandbox.close())

const tickets = async (query: string) =>
  (await sandbox.api('GET', `/tickets?${query}`)).body.tickets as Record<string, string>[]
const newWebhook = (more: object = {}) =>
  sandbox.api('POST', '/webhooks', {
    webhook: {
      ...{ name: 'twin', endpoint: 'http://127.0.0.1:9/', http_method: 'POST' },
      ...{ request_format: 'json', status: 'active' },
      subscriptions: ['zen:event-type:ticket.created'],
      ...more,
    },
  })

describe('a list of tickets', () => {
  it.each(['id', 'status', 'subject', 'created_at', 'updated_at'])(
    'is sorted by %s with offsets, either way',
    async (by) => {
      const up = (await tickets(`sort_by=${by}`)).map((ticket) => ticket[by])
      const down = (await tickets(`sort_by=${by}&sort_order=desc`)).map((ticket) => ticket[by])
      expect(new Set(up).size).toBeGreaterThan(1)
      expect(up).toEqual(up.toSorted((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1)))
      expect(down).toEqual(up.toReversed())
    },
  )

  it('drops sort_by where pages go by cursor', async () => {
    const mixed = await tickets('sort_by=status&sort_order=desc&page[size]=100')
    expect(mixed.map(({ id }) => id)).toEqual((await tickets('sort_by=id')).map(({ id }) => id))
  })
})

describe('a merge', () => {
  it('of a ticket into itself leaves the ticket as it is', async () => {
    const { status } = await sandbox.api('POST', '/tickets/3/merge', { ids: [3] })
    expect(status).toBe(501)
    expect((await sandbox.api('GET', '/tickets/3')).body.ticket.status).toBe('open')
  })
})

describe('webhooks', () => {
  it('of one name are all listed, page after page', async () => {
    const made = [await newWebhook(), await newWebhook()].map(({ body }) => body.webhook.id)
    const first = await sandbox.api('GET', '/webhooks?sort=name&page[size]=1')
    const after = first.body.meta.after_cursor
    const second = await sandbox.api('GET', `/webhooks?sort=name&page[size]=1&page[after]=${after}`)
    const listed = [first, second].map(({ body }) => body.webhooks[0].id)
    expect(listed.toSorted()).toEqual(made.toSorted())
  })

  it('are active or inactive, and nothing else', async () => {
    expect((await newWebhook({ status: 'paused' })).status).toBe(400)
  })

  it('of events never become webhooks of rules', async () => {
    const { id } = (await newWebhook()).body.webhook
    const webhook = { subscriptions: ['conditional_ticket_events'] }
    expect((await sandbox.api('PATCH', `/webhooks/${id}`, { webhook })).status).toBe(400)
    const { body } = await sandbox.api('GET', `/webhooks/${id}`)
    expect(body.webhook.subscriptions).toEqual(['zen:event-type:ticket.created'])
  })
})

describe('an automation', () => {
  const solved = { field: 'status', operator: 'is', value: 'solved' }
  const hours = (operator: string) => ({ field: 'SOLVED', operator, value: '24' })
  const make = (operator: string, actions: object[], title = 'Close') =>
    sandbox.api('POST', '/automations', {
      automation: { title, all: [solved, hours(operator)], actions },
    })
  const closing = [{ field: 'status', value: 'closed' }]
  const raising = [{ field: 'priority', value: 'high' }]

  it('ends a condition of its own, or has one that is true only once', async () => {
    expect((await make('greater_than', raising)).status).toBe(422)
    expect((await make('is', raising)).status).toBe(201)
    expect((await make('greater_than', closing)).status).toBe(201)
  })

  it('is no twin of another active one', async () => {
    const { body } = await make('is', closing)
    expect((await make('is', closing, 'Another title')).status).toBe(422)
    const { id } = body.automation
    await sandbox.api('PUT', `/automations/${id}`, { automation: { active: false } })
    expect((await make('is', closing, 'Another title')).status).toBe(201)
  })
})

describe('what is not built', () => {
  it.each(['/users/autocomplete?name=ma', '/tickets/recent'])(
    'is not taken for a record that is missing: %s',
    async (path) => {
      const { status, body } = await sandbox.api('GET', path)
      expect([status, body.error]).toEqual([501, 'NotImplemented'])
      expect((await sandbox.api('GET', '/tickets/999999')).status).toBe(404)
    },
  )
})
