import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createTestKlaviyo,
  encode,
  type Receiver,
  SARAH,
  startReceiver,
  type TestKlaviyo,
  TOLL_FREE,
} from '../test-support.ts'
import { signDelivery } from './signing.ts'
import { nextWait } from './webhook-delivery.ts'

const SECRET = 'a-secret-of-enough-length'
const INBOUND = 'event:klaviyo.sent_sms'

let test: TestKlaviyo
let receiver: Receiver

beforeEach(async () => {
  test = createTestKlaviyo()
  receiver = await startReceiver(test.world)
})
afterEach(async () => {
  test.close()
  await receiver.server.close()
})

function webhook(overrides: Record<string, unknown> = {}, topics: readonly string[] = [INBOUND]) {
  const attributes = {
    name: 'replyline',
    endpoint_url: `${receiver.server.url}/hook`,
    secret_key: SECRET,
    ...overrides,
  }
  const data = topics.map((id) => ({ type: 'webhook-topic', id }))
  return { data: { type: 'webhook', attributes, relationships: { 'webhook-topics': { data } } } }
}

async function createWebhook(topics?: readonly string[]): Promise<string> {
  const { body } = await test.api('POST', '/api/webhooks', { body: webhook({}, topics) })
  return (body.data as { id: string }).id
}

const texts = (body: string) =>
  test.control<{ eventId: string; profileId: string }>(
    'POST',
    `/control/phones/${encode(SARAH)}/messages`,
    { to: TOLL_FREE, body },
  )

const isEnabled = async (id: string) => {
  const { body } = await test.api('GET', `/api/webhooks/${id}`)
  return (body.data as { attributes: { enabled: boolean } }).attributes.enabled
}

describe('webhooks are managed', () => {
  it('and read back without secret and with a truncated address', async () => {
    const { status, text } = await test.api('POST', '/api/webhooks', { body: webhook() })
    const list = await test.api('GET', '/api/webhooks?include=webhook-topics')
    expect(status).toBe(201)
    expect(list.body.data).toMatchObject([{ attributes: { name: 'replyline', enabled: true } }])
    expect(list.body.included).toMatchObject([{ type: 'webhook-topic', id: INBOUND }])
    expect(text + list.text).not.toContain(SECRET)
    expect(text + list.text).not.toContain('/hook')
  })

  it.each([
    ['a short secret', { secret_key: 'fifteen-letters' }, [INBOUND], '/data/attributes/secret_key'],
    [
      'plain http',
      { endpoint_url: 'http://example.com' },
      [INBOUND],
      '/data/attributes/endpoint_url',
    ],
    ['no topic', {}, [], '/data/relationships/webhook-topics'],
    ['an unknown topic', {}, ['event:klaviyo.none'], '/data/relationships/webhook-topics'],
  ])('but not with %s', async (_, overrides, topics, pointer) => {
    const body = webhook(overrides, topics)
    const answer = await test.api('POST', '/api/webhooks', { body })
    expect(answer.status).toBe(400)
    expect(answer.body.errors).toMatchObject([{ source: { pointer } }])
  })

  it('and changed, and deleted', async () => {
    const id = await createWebhook()
    const body = { data: { type: 'webhook', id, attributes: { enabled: false } } }
    const changed = await test.api('PATCH', `/api/webhooks/${id}`, { body })
    expect(changed.body.data).toMatchObject({ attributes: { enabled: false, name: 'replyline' } })
    expect((await test.api('DELETE', `/api/webhooks/${id}`)).status).toBe(204)
    expect((await test.api('GET', `/api/webhooks/${id}`)).status).toBe(404)
  })

  it('only with the grant, whatever the scopes; topics can be listed without it', async () => {
    await test.control('PUT', '/control/grants', { webhooks: false })
    const refused = await test.api('POST', '/api/webhooks', { body: webhook() })
    expect([refused.status, refused.body.errors?.[0]?.code]).toEqual([403, 'permission_denied'])
    expect((await test.api('GET', '/api/webhook-topics')).status).toBe(200)
  })

  it.each([
    ['sms', 'event:klaviyo.sent_sms'],
    ['text-message', 'event:klaviyo.sent_text_message'],
  ])('with topics of the generation %s', async (generation, topic) => {
    test.world.settings.set('topic_slugs', generation)
    const { body } = await test.api('GET', '/api/webhook-topics')
    const topics = (body.data as { id: string }[]).map(({ id }) => id)
    expect(topics).toContain(topic)
    expect(topics.filter((id) => id.includes('whatsapp'))).toEqual([])
  })
})

describe('a delivery', () => {
  it('carries the event, the ids alone of profile and metric, and a signature', async () => {
    const id = await createWebhook()
    const { eventId, profileId } = await texts('Where is my order?')
    await expect.poll(() => receiver.deliveries).toHaveLength(1)

    const [delivery] = receiver.deliveries
    const timestamp = delivery?.headers.get('klaviyo-timestamp') ?? ''
    expect(delivery?.headers.get('klaviyo-webhook-id')).toBe(id)
    expect(delivery?.headers.get('klaviyo-signature')).toBe(
      signDelivery(SECRET, delivery?.rawBody ?? '', timestamp),
    )
    expect(JSON.parse(delivery?.rawBody ?? '')).toMatchObject({
      meta: { klaviyo_webhook_id: id, klaviyo_account_id: 'NRDLYS', version: '2023-06-03' },
      data: [
        {
          topic: INBOUND,
          external_id: eventId,
          payload: {
            data: {
              type: 'event',
              id: eventId,
              attributes: {
                datetime: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+00:00$/),
                event_properties: { 'Message Body': 'Where is my order?' },
              },
              relationships: { profile: { data: { type: 'profile', id: profileId } } },
            },
          },
        },
      ],
    })
  })

  it('names its account, or does not', async () => {
    test.world.settings.set('webhook_account_id', 'absent')
    await createWebhook()
    await texts('Where is my order?')
    await expect.poll(() => receiver.deliveries).toHaveLength(1)
    const { meta } = JSON.parse(receiver.deliveries[0]?.rawBody ?? '')
    expect(meta).not.toHaveProperty('klaviyo_account_id')
  })

  it('holds the events of a moment together, up to 1,000', async () => {
    await createWebhook(['event:klaviyo.received_sms'])
    const campaign = { name: 'Sale', body: 'Sale!', to: { count: 1_001 } }
    await test.control('POST', '/control/campaigns', campaign)
    const sizes = () => receiver.deliveries.map(({ events }) => events.length)
    await expect
      .poll(() => sizes().reduce((sum, size) => sum + size, 0), { timeout: 5_000 })
      .toBe(1_001)
    expect(Math.max(...sizes())).toBeLessThanOrEqual(1_000)
    expect(sizes().length).toBeLessThan(100)
  })

  it('is not made for other topics', async () => {
    await createWebhook(['event:klaviyo.received_sms'])
    await texts('Hello')
    await createWebhook()
    await texts('Hello again')
    await expect.poll(() => receiver.deliveries).toHaveLength(1)
    expect(receiver.deliveries[0]?.events.map(({ topic }) => topic)).toEqual([INBOUND])
  })

  it('is made for metrics of the API too, once their topic exists', async () => {
    const event = (unique_id: string) => ({
      data: {
        type: 'event',
        attributes: {
          metric: { data: { type: 'metric', attributes: { name: 'Opened Ticket' } } },
          profile: { data: { type: 'profile', attributes: { phone_number: SARAH } } },
          properties: {},
          unique_id,
        },
      },
    })
    await test.api('POST', '/api/events', { body: event('ticket:1') })
    await createWebhook(['event:api.opened_ticket'])
    await test.api('POST', '/api/events', { body: event('ticket:2') })
    await test.api('POST', '/api/events', { body: event('ticket:2') })
    await expect.poll(() => receiver.deliveries).toHaveLength(1)
    expect(receiver.deliveries[0]?.events).toMatchObject([{ topic: 'event:api.opened_ticket' }])
  })

  it.each([204, 500, 302])(
    'answered %i comes again with its first timestamp and signature',
    async (status) => {
      receiver.answerWith(status)
      await createWebhook()
      await texts('Hello')
      await expect.poll(() => receiver.deliveries).toHaveLength(1)
      receiver.answerWith(202)
      await expect
        .poll(() => {
          test.world.clock.advance(5_000)
          return receiver.deliveries.length
        })
        .toBe(2)
      const [first, second] = receiver.deliveries
      for (const name of ['klaviyo-timestamp', 'klaviyo-signature']) {
        expect(second?.headers.get(name)).toBe(first?.headers.get(name))
      }
      expect(second?.rawBody).toBe(first?.rawBody)
      await test.world.webhooks.klaviyo.idle()
      expect(receiver.deliveries).toHaveLength(2)
    },
  )

  it.each([
    [1, 5_000],
    [2, 10_000],
    [10, 2_560_000],
    [11, 3_600_000],
    [40, 3_600_000],
  ])('waits longer before each further attempt: %i', (attempt, waitMs) => {
    expect(nextWait(attempt, 500, null)).toBe(waitMs)
  })

  it('comes only once the webhook has had its time to start', async () => {
    test.world.settings.set('webhook_start_delay_ms', 900_000)
    await createWebhook()
    await texts('Too early')
    test.world.clock.advance(900_000)
    await texts('In time')
    await expect.poll(() => receiver.deliveries).toHaveLength(1)
    const [{ events } = { events: [] }] = receiver.deliveries
    expect(events.map(({ payload }) => payload.data.attributes.event_properties)).toMatchObject([
      { 'Message Body': 'In time' },
    ])
  })

  it('that fails for 48 hours disables its webhook', async () => {
    receiver.answerWith(500)
    const id = await createWebhook()
    await texts('Hello')
    await expect.poll(() => receiver.deliveries).toHaveLength(1)
    test.world.clock.advance(47 * 3_600_000)
    await expect.poll(() => receiver.deliveries).toHaveLength(2)
    expect(await isEnabled(id)).toBe(true)
    test.world.clock.advance(3_600_000)
    await expect.poll(() => isEnabled(id)).toBe(false)
    await test.world.webhooks.klaviyo.idle()
    expect(receiver.deliveries).toHaveLength(3)
  })
})
