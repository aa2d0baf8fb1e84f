import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../sandbox-for-tests.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox()
})
beforeEach(async () => {
  await sandbox.control('POST', '/reset')
})
afterAll(() => sandbox.close())

const newTicket = async (more: object = {}): Promise<number> => {
  const ticket = { subject: 'Fresh', comment: { body: 'Hello' }, ...more }
  return (await sandbox.api('POST', '/tickets', { ticket })).body.ticket.id
}
const advance = (advanceMs: number) => sandbox.control('POST', '/clock', { advanceMs })
const ids = (list: { id: number }[]) => list.map(({ id }) => id)

describe('the incremental export of tickets', () => {
  it('leaves out the latest minute, and then continues from its cursor', async () => {
    const path = '/incremental/tickets/cursor?per_page=8'
    const first = await sandbox.api('GET', `${path}&start_time=0`)
    const second = await sandbox.api('GET', `${path}&cursor=${first.body.after_cursor}`)
    expect([first.body.tickets.length, second.body.tickets.length]).toEqual([8, 4])
    expect([first.body.end_of_stream, second.body.end_of_stream]).toEqual([false, true])

    const id = await newTicket()
    const next = () => sandbox.api('GET', `${path}&cursor=${second.body.after_cursor}`)
    expect((await next()).body.tickets).toEqual([])
    await advance(61_000)
    expect(ids((await next()).body.tickets)).toEqual([id])
  })

  it('shows a deleted ticket as deleted unless asked not to', async () => {
    await sandbox.api('DELETE', '/tickets/3')
    await advance(61_000)
    const path = '/incremental/tickets/cursor?start_time=0&include=users'
    const all = await sandbox.api('GET', path)
    const living = await sandbox.api('GET', `${path}&exclude_deleted=true`)
    const deleted = all.body.tickets.find((ticket: { id: number }) => ticket.id === 3)
    expect(deleted.status).toBe('deleted')
    expect(ids(living.body.tickets)).not.toContain(3)
    expect(living.body.users.length).toBeGreaterThan(5)
  })

  it('is limited to ten calls a minute', async () => {
    const path = '/incremental/tickets/cursor?start_time=0'
    for (let count = 0; count < 10; count += 1) await sandbox.api('GET', path)
    const refused = await sandbox.api('GET', path)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused.body).toEqual({
      error: 'APIRateLimitExceeded',
      description: 'Number of allowed incremental export API requests per minute exceeded',
    })
  })
})

describe('the feed of ticket events', () => {
  it('tells status changes, and comments in full when asked', async () => {
    const id = await newTicket({ assignee_email: 'agent@example.com' })
    const ticket = { status: 'solved', comment: { body: 'Done', public: true } }
    await sandbox.api('PUT', `/tickets/${id}`, { ticket })
    await advance(61_000)
    const since = Math.floor(sandbox.world.clock.now() / 1000) - 120
    const path = `/incremental/ticket_events?start_time=${since}&include=comment_events`
    const { body } = await sandbox.api('GET', path)
    const children = body.ticket_events.at(-1).child_events
    expect(children).toContainEqual(
      expect.objectContaining({ event_type: 'Change', status: 'solved', previous_value: 'open' }),
    )
    expect(children).toContainEqual(
      expect.objectContaining({ event_type: 'Comment', body: 'Done', public: true }),
    )
    expect(body.end_of_stream).toBe(true)
  })
})

describe('Search', () => {
  it('finds a new ticket only after its lag', async () => {
    const id = await newTicket({ tags: ['sms'] })
    const path = '/search?query=type:ticket tags:sms status<closed'
    expect((await sandbox.api('GET', path)).body.results).toEqual([])
    await sandbox.control('PUT', '/settings', { search_lag_ms: 0 })
    expect(ids((await sandbox.api('GET', path)).body.results)).toEqual([id])
  })

  it.each(['type:ticket via:api', 'type:organization', 'free words'])(
    'says that it cannot do "%s"',
    async (query) => {
      expect((await sandbox.api('GET', `/search?query=${query}`)).status).toBe(501)
    },
  )

  it('exports by cursor, and wants the type beside the query', async () => {
    const path = '/search/export?query=status:closed&page[size]=1'
    expect((await sandbox.api('GET', path)).status).toBe(400)
    const { body } = await sandbox.api('GET', `${path}&filter[type]=ticket`)
    expect(body.results).toHaveLength(1)
    expect(body.meta.has_more).toBe(true)
  })
})

describe('paging by offset', () => {
  it('ends at ten thousand records', async () => {
    const { status, body } = await sandbox.api('GET', '/tickets?page=101&per_page=100')
    expect([status, body.error]).toEqual([400, 'InvalidPaginationDepth'])
  })
})

describe('what the account is made of', () => {
  it('is the seed', async () => {
    type Named = { name: string; default: boolean }
    const brands = (await sandbox.api('GET', '/brands')).body.brands
    expect(brands.map((one: Named) => [one.name, one.default])).toEqual([
      ['Nordlys', true],
      ['Fjell', false],
      ['Skog', false],
    ])
    const groups = (await sandbox.api('GET', '/groups.json')).body.groups
    expect(groups.map((one: Named) => one.name)).toEqual(['Support', 'Returns'])
    const fields = (await sandbox.api('GET', '/ticket_fields')).body.ticket_fields
    const types = new Set(fields.map((field: { type: string }) => field.type))
    for (const type of ['text', 'checkbox', 'date', 'multiselect', 'tagger', 'lookup']) {
      expect(types).toContain(type)
    }
    const tickets = (await sandbox.api('GET', '/tickets')).body.tickets
    const statuses = new Set(tickets.map((ticket: { status: string }) => ticket.status))
    expect([tickets.length, statuses.size]).toEqual([12, 6])
  })
})

describe('the account limit', () => {
  it('is announced with every answer and can be switched off', async () => {
    const { headers } = await sandbox.api('GET', '/tickets')
    expect(headers.get('x-rate-limit')).toBe('700')
    expect(headers.get('x-rate-limit-remaining')).toBe('699')
    expect(headers.get('zendesk-ratelimit-tickets-index')).toMatch(
      /^total=100; remaining=99; resets=\d+$/,
    )

    await sandbox.control('PUT', '/limits', { enabled: false })
    for (let count = 0; count < 40; count += 1) {
      const ticket = { tags: [`t${count}`] }
      expect((await sandbox.api('PUT', '/tickets/1', { ticket })).status).toBe(200)
    }
  })

  it('is not what the webhooks API announces, which has a pool of its own', async () => {
    const { headers } = await sandbox.api('GET', '/webhooks')
    expect(headers.get('x-rate-limit')).toBe('100')
  })

  it('holds back the thirty-first write to one ticket in ten minutes', async () => {
    const write = () => sandbox.api('PUT', '/tickets/1', { ticket: { tags: ['a'] } })
    for (let count = 0; count < 30; count += 1) await write()
    expect((await write()).status).toBe(429)
    await advance(600_000)
    expect((await write()).status).toBe(200)
  })
})
