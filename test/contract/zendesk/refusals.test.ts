import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { adminToken } from '../../../src/sandbox/sandbox-for-tests.ts'
import {
  type Json,
  refusal,
  result,
  startVendorSandbox,
  type VendorSandbox,
} from './vendor-client.ts'

let vendor: VendorSandbox
beforeAll(async () => {
  vendor = await startVendorSandbox('refusals')
})
beforeEach(() => vendor.sandbox.control('POST', '/clock', { advanceMs: 600_000 }))
afterAll(() => vendor.close())

const update = (id: number, ticket: object) => vendor.client.tickets.update(id, { ticket })
const createUser = (user: object) => vendor.client.users.create({ user })
type Call = (client: VendorSandbox['client']) => Promise<unknown>

describe('node-zendesk reports', () => {
  it.each<[string, Call]>([
    ['a ticket', ({ tickets }) => tickets.show(999_999)],
    ['a ticket to update', ({ tickets }) => tickets.update(999_999, { ticket: {} })],
    ['comments', ({ tickets }) => tickets.getComments(999_999)],
    ['a user', ({ users }) => users.show(999_999)],
    ['a trigger', ({ triggers }) => triggers.show(999_999)],
    ['a job', ({ jobstatuses }) => jobstatuses.show('V3-none')],
    ['a brand', ({ brand }) => brand.show(999_999)],
  ])('404 for %s that does not exist', async (_what, call) => {
    const refused = await refusal(call(vendor.client))
    expect([refused.statusCode, refused.result.error]).toEqual([404, 'RecordNotFound'])
  })

  it('422 for whatever is written to a closed ticket', async () => {
    const refused = await refusal(update(11, { comment: { body: 'Too late' } }))
    expect([refused.statusCode, refused.result]).toEqual([
      422,
      {
        error: 'RecordInvalid',
        description: 'Record validation errors',
        details: { status: [{ description: 'Status: closed prevents ticket update' }] },
      },
    ])
  })

  it('409 for a safe update on an old stamp, and lets the current stamp pass', async () => {
    const { updated_at } = await result(vendor.client.tickets.show(3))
    const old = { safe_update: true, updated_stamp: '2020-01-01T00:00:00Z', tags: ['x'] }
    const refused = await refusal(update(3, old))
    expect([refused.statusCode, refused.result.error]).toEqual([409, 'UpdateConflict'])
    const fresh = { ...old, updated_stamp: updated_at }
    expect((await result(update(3, fresh))).tags).toEqual(['x'])
  })

  it.each<[string, object, string]>([
    ['a ticket without words', { subject: 'x' }, 'base'],
    ['an assignee who is no agent', { comment: { body: 'x' }, assignee_id: 1 }, 'assignee'],
    ['a brand that does not exist', { comment: { body: 'x' }, brand_id: 1 }, 'brand'],
    ['a status that does not exist', { comment: { body: 'x' }, status: 'half' }, 'status'],
    ['solving without an assignee', { comment: { body: 'x' }, status: 'solved' }, 'assignee'],
  ])('422 for %s', async (_what, ticket, field) => {
    const refused = await refusal(vendor.client.tickets.create({ ticket }))
    expect([refused.statusCode, Object.keys(refused.result.details)]).toEqual([422, [field]])
  })

  it('422 for an e-mail, or an external_id in any case, that somebody has', async () => {
    await createUser({ name: 'A', email: 'taken@customer.example', external_id: 'Taken' })
    const byEmail = await refusal(createUser({ name: 'B', email: 'Taken@Customer.example' }))
    const byExternalId = await refusal(createUser({ name: 'B', external_id: 'taken' }))
    expect(byEmail.result.details.email[0].error).toBe('DuplicateValue')
    expect(byExternalId.result.details.external_id[0].error).toBe('DuplicateValue')
  })

  it('422 for an e-mail address that is none', async () => {
    const refused = await refusal(createUser({ name: 'A', email: 'nowhere' }))
    expect([refused.statusCode, Object.keys(refused.result.details)]).toEqual([422, ['email']])
  })

  it.each(['shared', 'refused'])('a phone that somebody has, as a doubt: %s', async (reading) => {
    await vendor.sandbox.control('PUT', '/settings', { duplicate_phone_on_create: reading })
    const phone = reading === 'shared' ? '+15559990001' : '+15559990002'
    await createUser({ name: 'A', phone })
    const second = createUser({ name: 'B', phone })
    if (reading === 'shared') {
      expect(await result(second)).toMatchObject({ phone, shared_phone_number: true })
    } else {
      expect((await refusal(second)).result.details.phone[0].error).toBe('DuplicateValue')
    }
  })

  it('400 for more than a hundred at once', async () => {
    const ids = Array.from({ length: 101 }, (_none, index) => index + 1)
    const refused = await refusal(vendor.client.tickets.showMany(ids))
    expect([refused.statusCode, refused.result]).toEqual([
      400,
      {
        error: 'TooManyValues',
        description: 'Parameter  cannot specify more than 100 values',
        max_count: 100,
      },
    ])
  })
})

describe('node-zendesk is told to wait', () => {
  it.each<[string, number, Call]>([
    [
      'the 31st write to a ticket in ten minutes',
      30,
      ({ tickets }) => tickets.update(5, { ticket: {} }),
    ],
    [
      'the second create_or_update in a second',
      1,
      ({ users }) => users.createOrUpdate({ user: { name: 'A', external_id: 'w' } }),
    ],
    ['the eleventh export in a minute', 10, ({ ticketexport }) => ticketexport.exportCursor(0, '')],
    ['the sixth run of a view in a minute', 5, ({ views }) => views.execute(seededView)],
  ])('at %s', async (_what, allowed, call) => {
    for (let count = 0; count < allowed; count += 1) await call(vendor.client)
    const refused = await refusal(call(vendor.client))
    expect(refused).toMatchObject({ statusCode: 429, result: { error: 'APIRateLimitExceeded' } })
    await vendor.sandbox.control('POST', '/clock', { advanceMs: 600_000 })
    await call(vendor.client)
  })

  it('at the sixth change of one user in a minute, by whichever call', async () => {
    const later = () => vendor.sandbox.control('POST', '/clock', { advanceMs: 1_000 })
    const user = { name: 'Kim', external_id: 'kim' }
    const { id } = await result(vendor.client.users.create({ user }))
    const change = (count: number) =>
      count % 2 === 0
        ? vendor.client.users.update(id, { user: { name: `Kim ${count}` } })
        : vendor.client.users.createOrUpdate({ user })
    for (let count = 0; count < 5; count += 1) {
      await result(change(count))
      await later()
    }
    expect((await refusal(change(5))).statusCode).toBe(429)
    const { id: other } = await result(vendor.client.users.create({ user: { name: 'Lo' } }))
    await later()
    await result(vendor.client.users.update(other, { user: { name: 'Lo Berg' } }))
  })

  it('at the 31st job under way', async () => {
    await vendor.sandbox.control('PUT', '/settings', { job_takes_ms: 60_000 })
    const start = () => vendor.client.tickets.deleteMany([999_999])
    for (let count = 0; count < 30; count += 1) await start()
    const refused = await refusal(start())
    expect(refused).toMatchObject({ statusCode: 429, result: { error: 'TooManyJobs' } })
    await vendor.sandbox.control('POST', '/clock', { advanceMs: 60_000 })
    await start()
  })

  let seededView = 0
  beforeAll(async () => {
    const { body } = await vendor.sandbox.api('GET', '/views')
    seededView = body.views[0].id
  })
})

describe('node-zendesk is let in', () => {
  it('with an API token of the account, for any of its staff', async () => {
    const agent = vendor.clientOfApiToken('agent@example.com')
    expect(await result(agent.users.me())).toMatchObject({ name: 'Alva Agent' })
    expect((await refusal(agent.webhooks.list())).statusCode).toBe(403)
  })

  it.each([
    ['another API token', () => vendor.clientOfApiToken('admin@example.com', 'wrong'), NO_ENTRY],
    ['an e-mail nobody has', () => vendor.clientOfApiToken('no@example.com'), NO_ENTRY],
    ['another OAuth token', () => vendor.clientOfToken('wrong'), 'invalid_token'],
  ])('not with %s', async (_what, client, error) => {
    const refused = await refusal(client().tickets.show(1))
    expect([refused.statusCode, refused.result.error]).toEqual([401, error])
  })

  it('only as far as its scope goes', async () => {
    const token = await adminToken(vendor.sandbox.zendeskUrl, { scope: 'tickets:read' })
    const reader = vendor.clientOfToken(token)
    expect((await result(reader.tickets.show(1))).id).toBe(1)
    const refused: Json = await refusal(reader.tickets.update(1, { ticket: {} }))
    expect([refused.statusCode, refused.result.error]).toEqual([403, 'Forbidden'])
  })

  it('until API tokens end, on 30 April 2027 or after thirty idle days', async () => {
    const old = vendor.clientOfApiToken('admin@example.com')
    await result(old.tickets.show(1))
    await vendor.sandbox.control('POST', '/clock', { advanceMs: 31 * 24 * 3_600_000 })
    expect((await refusal(old.tickets.show(1))).statusCode).toBe(401)
  })
})

const NO_ENTRY = "Couldn't authenticate you"
