import zendesk from 'node-zendesk'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type Json,
  list,
  refusal,
  result,
  startVendorSandbox,
  type VendorClient,
  type VendorSandbox,
} from './vendor-client.ts'

let vendor: VendorSandbox
beforeAll(async () => {
  vendor = await startVendorSandbox('behaviour')
})
beforeEach(async () => {
  await vendor.sandbox.control('POST', '/reset')
})
afterAll(() => vendor.close())

/** A reset ends OAuth tokens and leaves the account's API tokens. */
const client = () => vendor.clientOfApiToken('admin@example.com')
const create = (ticket: object) =>
  result(client().tickets.create({ ticket: { comment: { body: 'Hello' }, ...ticket } }))
const emails = async () => (await vendor.sandbox.control('GET', '/emails')).body

describe('a creation with an Idempotency-Key', () => {
  const keyed = (key: string) =>
    zendesk.createClient({
      endpointUri: `${vendor.url}/api/v2`,
      username: 'admin@example.com',
      token: 'sandbox-api-token',
      throwOriginalException: true,
      customHeaders: { 'Idempotency-Key': key },
    }) as unknown as VendorClient
  const send = async (key: string, body: string) => {
    const answer: Json = await keyed(key).tickets.create({ ticket: { comment: { body } } })
    const lookup = headersOf(answer).get('x-idempotency-lookup')
    return { lookup, id: answer.result.id }
  }

  it('makes one ticket, however often it is sent', async () => {
    const [first, again] = [await send('k-1', 'Hello'), await send('k-1', 'Hello')]
    expect([first.lookup, again.lookup]).toEqual(['miss', 'hit'])
    expect(again.id).toBe(first.id)
  })

  it('is refused when the same key comes with something else', async () => {
    await send('k-2', 'Hello')
    const refused = await refusal(send('k-2', 'Other'))
    expect([refused.statusCode, refused.result.error]).toEqual([400, 'IdempotentRequestError'])
  })

  it('is new again after two hours', async () => {
    const first = await send('k-3', 'Hello')
    await vendor.sandbox.control('POST', '/clock', { advanceMs: 2 * 3_600_000 })
    const later = await send('k-3', 'Hello')
    expect([later.lookup, later.id === first.id]).toEqual(['miss', false])
  })
})

describe('what Zendesk does beside', () => {
  it('a first comment is the submitter’s, and in a follow-up the caller’s', async () => {
    const customer = await result(client().users.create({ user: { name: 'Kim' } }))
    const who = { requester_id: customer.id, submitter_id: customer.id }
    const first = await create(who)
    const followUp = await create({ ...who, via_followup_source_id: 11 })
    const authors = await Promise.all(
      [first, followUp].map(async ({ id }) => (await list(client().tickets.getComments(id)))[0]),
    )
    const me = await result(client().users.me())
    expect(authors.map(({ author_id }) => author_id)).toEqual([customer.id, me.id])
    expect((await result(client().tickets.show(11))).followup_ids).toEqual([followUp.id])
  })

  it('a customer’s comment that the API writes does not reopen, for the caller is the updater', async () => {
    const { requester_id } = await result(client().tickets.show(6))
    const comment = { body: 'Still waiting', author_id: requester_id, public: true }
    expect(await result(client().tickets.update(6, { ticket: { comment } }))).toMatchObject({
      status: 'pending',
    })
    expect(await emails()).toMatchObject([{ rule: 'Notify requester and CCs of comment update' }])
  })

  it('an assignment opens a new ticket and finds its group', async () => {
    const ticket = { assignee_email: 'bo@example.com' }
    const updated = await result(client().tickets.update(1, { ticket }))
    const [group] = await list(client().groups.list())
    expect(updated).toMatchObject({ status: 'open', group_id: group.id })
  })

  it('a custom status decides the status, and a status its default custom one', async () => {
    const { body } = await vendor.sandbox.api('GET', '/custom_statuses')
    const named = (label: string) =>
      body.custom_statuses.find((one: { agent_label: string }) => one.agent_label === label).id
    const waiting = named('Waiting for photos')
    const paused = await result(
      client().tickets.update(3, { ticket: { custom_status_id: waiting } }),
    )
    expect(paused).toMatchObject({ status: 'pending', custom_status_id: waiting })
    const open = await result(client().tickets.update(3, { ticket: { status: 'open' } }))
    expect(open).toMatchObject({ status: 'open', custom_status_id: named('Open') })
  })

  it('a comment beyond 64 kB is cut without a word', async () => {
    const { id } = await create({ comment: { body: 'x'.repeat(70_000) } })
    const [comment] = await list(client().tickets.getComments(id))
    expect(comment.plain_body.length).toBe(65_535)
  })

  it('placeholders are filled for agents and left to customers', async () => {
    const { requester_id } = await result(client().tickets.show(3))
    const body = 'About {{ticket.id}}'
    const write = (author: object) =>
      client().tickets.update(3, { ticket: { comment: { body, ...author } } })
    await write({})
    await write({ author_id: requester_id })
    const comments = await list(client().tickets.getComments(3))
    expect(comments.slice(-2).map((one) => one.body)).toEqual(['About 3', body])
  })

  it('triggers start over after a change, and each runs once', async () => {
    const has = (value: string) => [{ field: 'current_tags', operator: 'includes', value }]
    const add = (value: string) => [{ field: 'current_tags', value }]
    const made = [
      { title: 'Second', all: has('one'), actions: add('two') },
      { title: 'First', all: has('start'), actions: add('one') },
    ]
    for (const trigger of made) await client().triggers.create({ trigger })
    expect((await create({ tags: ['start'] })).tags).toEqual(['start', 'one', 'two'])
  })

  it('triggers know the current user, who is whoever calls and not the author of the comment', async () => {
    const { id: admin } = await result(client().users.me())
    const { requester_id } = await result(client().tickets.show(3))
    const byStaff = { field: 'role', operator: 'is', value: 'agent' }
    const byAdmin = { field: 'role', operator: 'is', value: String(admin) }
    const byCustomer = { field: 'role', operator: 'is', value: 'end_user' }
    const tagging = (value: string) => [{ field: 'current_tags', value }]
    const mine = [{ field: 'assignee_id', value: 'current_user' }]
    for (const trigger of [
      { title: 'Staff', all: [byStaff], actions: tagging('staff') },
      { title: 'Admin', all: [byAdmin], actions: mine },
      { title: 'Customer', all: [byCustomer], actions: tagging('customer') },
    ]) {
      await client().triggers.create({ trigger })
    }
    const comment = { body: 'Hello', public: true, author_id: requester_id }
    const written = await result(client().tickets.update(3, { ticket: { comment } }))
    expect([written.assignee_id, written.tags]).toEqual([admin, ['email', 'staff']])
    await vendor.sandbox.control('POST', '/tickets/3/comments', { requester: true, body: 'Me' })
    expect((await result(client().tickets.show(3))).tags).toContain('customer')
  })

  it('automations run by themselves at each full hour of the clock', async () => {
    const ticket = { assignee_email: 'bo@example.com', status: 'solved' }
    const { id } = await create(ticket)
    await vendor.sandbox.control('POST', '/clock', { advanceMs: 98 * 3_600_000 })
    await expect.poll(async () => (await result(client().tickets.show(id))).status).toBe('closed')
  })

  it.each([
    ['by_updater', 0],
    ['by_author', 1],
  ])('a reply is promised as the doubt says: %s', async (reading, promises) => {
    await vendor.sandbox.control('PUT', '/settings', { reply_sla: reading })
    const customer = await result(client().users.create({ user: { name: 'Kim' } }))
    const { id } = await create({ requester_id: customer.id, submitter_id: customer.id })
    const { tickets } = client()
    tickets.setSideLoad(['slas'])
    const { slas } = await result(tickets.show(id))
    expect(slas.policy_metrics).toHaveLength(promises)
  })
})

describe('the limits of an account', () => {
  it.each([
    ['enterprise', '700', 100],
    ['team', '200', 100],
    ['high_volume', '2500', 300],
    ['trial', '200', 20],
  ])('are announced as its plan has them: %s', async (plan, calls, updates) => {
    await vendor.sandbox.control('PUT', '/settings', { zendesk_plan: plan })
    const headers = headersOf(await client().tickets.update(3, { ticket: { tags: ['a'] } }))
    expect(headers.get('x-rate-limit')).toBe(calls)
    expect(headers.get('zendesk-ratelimit-tickets-update')).toContain(`total=${updates}; `)
    expect(headers.get('zendesk-ratelimit-per-ticket-updates')).toContain('total=30; remaining=29')
  })
})

function headersOf({ response }: Json): { get(name: string): string | null } {
  return response.headers
}
