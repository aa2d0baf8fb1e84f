import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startReceiver, startTestSandbox, type TestSandbox } from '../../sandbox-for-tests.ts'
import { signDelivery } from '../webhooks/signing.ts'

let sandbox: TestSandbox
let receiver: Awaited<ReturnType<typeof startReceiver>>
beforeAll(async () => {
  sandbox = await startTestSandbox()
})
beforeEach(async () => {
  await sandbox.control('POST', '/reset')
  receiver = await startReceiver()
})
afterEach(() => receiver.close())
afterAll(() => sandbox.close())

const SMS = { field: 'current_tags', operator: 'includes', value: 'sms' }
const TEMPLATE = '{"ticket": {{ticket.id}}, "said": {{ticket.latest_public_comment | json}}}'

async function connect(): Promise<string> {
  const webhook = {
    name: 'By rule',
    endpoint: receiver.url,
    http_method: 'POST',
    request_format: 'json',
    status: 'active',
    subscriptions: ['conditional_ticket_events'],
  }
  return (await sandbox.api('POST', '/webhooks', { webhook })).body.webhook.id
}

describe('a webhook that a rule calls', () => {
  it('is sent what a trigger’s template says, signed, and kept among its invocations', async () => {
    const id = await connect()
    const actions = [{ field: 'notification_webhook', value: [id, TEMPLATE] }]
    const trigger = { title: 'Tell the bridge', all: [SMS], actions }
    expect((await sandbox.api('POST', '/triggers', { trigger })).status).toBe(201)
    const ticket = { tags: ['sms'], comment: { body: 'He said "hello"' } }
    const made = await sandbox.api('POST', '/tickets', { ticket })
    await sandbox.api('PUT', '/tickets/3', { ticket: { comment: { body: 'Unrelated' } } })
    await sandbox.world.webhooks.zendesk.idle()

    expect(receiver.received).toHaveLength(1)
    const [{ headers, body } = { headers: {}, body: '' }] = receiver.received
    expect(JSON.parse(body)).toEqual({ ticket: made.body.ticket.id, said: 'He said "hello"' })
    const { secret } = (await sandbox.api('GET', `/webhooks/${id}/signing_secret`)).body
      .signing_secret
    const timestamp = String(headers['x-zendesk-webhook-signature-timestamp'])
    const expected = signDelivery(secret, timestamp, body)
    expect(headers['x-zendesk-webhook-signature']).toBe(expected)
    const { invocations } = (await sandbox.api('GET', `/webhooks/${id}/invocations`)).body
    expect(invocations).toMatchObject([
      { event_type: 'conditional_ticket_events', status: 'success' },
    ])
  })

  it('is called by automations, which mail people too', async () => {
    const id = await connect()
    const due = { field: 'PENDING', operator: 'greater_than', value: '1' }
    const pending = { field: 'status', operator: 'is', value: 'pending' }
    const untold = { field: 'current_tags', operator: 'not_includes', value: 'reminded' }
    const actions = [
      { field: 'current_tags', value: 'reminded' },
      { field: 'notification_webhook', value: [id, TEMPLATE] },
      {
        field: 'notification_user',
        value: ['requester_id', 'Still there?', 'About {{ticket.id}}'],
      },
      { field: 'priority', value: 'high' },
    ]
    const automation = { title: 'Remind', all: [pending, due, untold], actions }
    expect((await sandbox.api('POST', '/automations', { automation })).status).toBe(201)
    await sandbox.control('POST', '/run-automations')
    await sandbox.world.webhooks.zendesk.idle()

    expect(receiver.received.map(({ body }) => JSON.parse(body).ticket)).toEqual([6, 7])
    const { body } = await sandbox.control('GET', '/emails')
    expect(body).toMatchObject([
      { to: 'emil.strand@customer.example', subject: 'Still there?', body: 'About 6' },
      { to: 'freja.berg@customer.example' },
    ])
  })

  it('hears no events, and a webhook of events hears no rules', async () => {
    await connect()
    await sandbox.api('PUT', '/tickets/3', { ticket: { comment: { body: 'Hello' } } })
    await sandbox.world.webhooks.zendesk.idle()
    expect(receiver.received).toEqual([])
  })
})
