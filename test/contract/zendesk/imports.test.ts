import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startReceiver } from '../../../src/sandbox/sandbox-for-tests.ts'
import {
  type Json,
  list,
  refusal,
  result,
  startVendorSandbox,
  type VendorSandbox,
} from './vendor-client.ts'

let vendor: VendorSandbox
beforeAll(async () => {
  vendor = await startVendorSandbox('imports')
})
afterAll(() => vendor.close())

const client = () => vendor.client
const newCustomer = async (): Promise<number> =>
  (
    await result(
      client().users.create({ user: { name: 'Kim', email: `${Math.random()}@x.example` } }),
    )
  ).id

const past = (author_id: number) => ({
  subject: 'By text, last year',
  requester_id: author_id,
  status: 'closed',
  tags: ['sms'],
  created_at: '2025-03-01T10:00:00Z',
  updated_at: '2025-03-02T10:00:00Z',
  solved_at: '2025-03-01T12:00:00Z',
  comments: [
    { author_id, value: 'Where is my parcel?', created_at: '2025-03-01T10:00:00Z' },
    { body: 'It left today.', public: false, created_at: '2025-03-01T11:00:00Z' },
  ],
})

describe('an imported ticket, by node-zendesk', () => {
  it('keeps its times, its people and all that was said', async () => {
    const customer = await newCustomer()
    const { id } = (await result(client().ticketimport.import({ ticket: past(customer) }))).ticket
    expect(await result(client().tickets.show(id))).toMatchObject({
      requester_id: customer,
      submitter_id: customer,
      status: 'closed',
      description: 'Where is my parcel?',
      created_at: '2025-03-01T10:00:00Z',
      updated_at: '2025-03-02T10:00:00Z',
    })
    const comments: Json[] = await list(client().tickets.getComments(id))
    expect(comments.map((one) => [one.author_id === customer, one.public, one.created_at])).toEqual(
      [
        [true, true, '2025-03-01T10:00:00Z'],
        [false, false, '2025-03-01T11:00:00Z'],
      ],
    )
  })

  it.each([
    ['off', []],
    ['on', ['created', 'comment_added', 'comment_added']],
  ])('mails nobody, and webhooks hear by import_sends_events %s', async (value, types) => {
    await vendor.sandbox.control('PUT', '/settings', { import_sends_events: value })
    const receiver = await startReceiver()
    const subscriptions = ['created', 'comment_added'].map(
      (type) => `zen:event-type:ticket.${type}`,
    )
    const webhook = {
      name: 'Bridge',
      endpoint: receiver.url,
      http_method: 'POST',
      request_format: 'json',
      status: 'active',
      subscriptions,
    }
    const { id } = await result(client().webhooks.create({ webhook }))
    const before = (await vendor.sandbox.control('GET', '/emails')).body
    await client().ticketimport.import({ ticket: past(await newCustomer()) })
    await vendor.sandbox.world.webhooks.zendesk.idle()
    expect(receiver.types().toSorted()).toEqual(types.toSorted())
    expect((await vendor.sandbox.control('GET', '/emails')).body).toEqual(before)
    await client().webhooks.delete(id)
    receiver.close()
  })

  it('comes in many by a job, of which one that is wrong spoils no other', async () => {
    const tickets = [past(await newCustomer()), { subject: 'Nothing said' }]
    const started = await result(client().ticketimport.bulkImport(tickets))
    await vendor.sandbox.control('POST', '/clock', { advanceMs: 5_000 })
    const { job_status } = await result(client().jobstatuses.show(started.job_status.id))
    expect(job_status.results).toMatchObject([
      { index: 0 },
      { index: 1, error: 'TicketCreateFailed' },
    ])
  })

  it('is for admins', async () => {
    const agent = vendor.clientOfApiToken('agent@example.com')
    const refused = await refusal(agent.ticketimport.import({ ticket: past(1) }))
    expect(refused.statusCode).toBe(403)
  })
})
