import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createStory,
  createTestKlaviyo,
  encode,
  LONG_CODE,
  SARAH,
  startReceiver,
  type TestKlaviyo,
  TOLL_FREE,
} from '../test-support.ts'

/** No US number, where "stop" always opts out. */
const IN_SWEDEN = '+46705550115'
const MINUTE = 60_000

let test: TestKlaviyo
let story: ReturnType<typeof createStory>

beforeEach(() => {
  test = createTestKlaviyo()
  story = createStory(test)
})
afterEach(() => test.close())

const choose = (name: string, value: string | number) =>
  expect(test.world.settings.set(name, value)).toBeNull()
const bodies = async () => (await story.screen(SARAH)).map(({ body }) => body)
const propertiesOf = async (metric: string) => {
  const [event] = (await story.events()).filter((each) => each.metric === metric)
  return event?.properties ?? {}
}

async function replies(body: string): Promise<void> {
  await test.control('POST', '/control/inbox/replies', { number: SARAH, body })
}

describe('what an event says', () => {
  it.each([
    ['present', TOLL_FREE],
    ['absent', undefined],
  ])('of the number that was texted is %s, as inbound_to_number says', async (value, number) => {
    choose('inbound_to_number', value)
    await story.texts(SARAH, 'Hello')
    expect((await propertiesOf('Sent Text Message'))['To Number']).toBe(number)
  })

  it.each([
    ['present', 'It left today.'],
    ['absent', undefined],
  ])('of a delivered text’s words is %s, as delivered_body says', async (value, words) => {
    choose('delivered_body', value)
    await story.texts(SARAH, 'Hello')
    await replies('It left today.')
    await story.settle(2)
    expect((await propertiesOf('Received Text Message'))['Message Body']).toBe(words)
  })
})

describe('what a text does', () => {
  it.each([
    ['contains_word', 'Please cancel my order', 'UNSUBSCRIBED'],
    ['exact', 'Please cancel my order', 'SUBSCRIBED'],
    ['exact', 'cancel', 'UNSUBSCRIBED'],
  ])('under opt_out_mode %s: %j leaves %s', async (value, body, consent) => {
    choose('opt_out_mode', value)
    choose('consent_event_delay_ms', 0)
    await story.texts(IN_SWEDEN, body)
    test.world.clock.advance(1)
    await expect.poll(() => story.consent(IN_SWEDEN)).toMatchObject({ consent })
  })

  it('to consent comes as late as consent_event_delay_ms says', async () => {
    choose('consent_event_delay_ms', MINUTE)
    await story.texts(SARAH, 'STOP')
    test.world.clock.advance(MINUTE - 2_000)
    expect(await story.consent(SARAH)).toMatchObject({ consent: 'SUBSCRIBED' })
    test.world.clock.advance(2_000)
    await expect.poll(() => story.consent(SARAH)).toMatchObject({ consent: 'UNSUBSCRIBED' })
  })
})

describe('an answer', () => {
  it.each([
    ['last_texted', LONG_CODE],
    ['account_default', TOLL_FREE],
  ])('goes out from a number as reply_number says: %s', async (value, number) => {
    choose('reply_number', value)
    await story.texts(SARAH, 'Hello', LONG_CODE)
    await replies('It left today.')
    await story.settle(2)
    expect((await story.screen(SARAH))[1]).toMatchObject({ from: number })
  })

  it('arrives as late as delivery_delay_ms says', async () => {
    choose('delivery_delay_ms', MINUTE)
    await story.texts(SARAH, 'Hello')
    await replies('It left today.')
    test.world.clock.advance(MINUTE - 2_000)
    expect(await bodies()).toEqual(['Hello'])
    test.world.clock.advance(2_000)
    await expect.poll(bodies).toEqual(['Hello', 'It left today.'])
  })
})

describe('what happens in the background', () => {
  it('merges two profiles as late as merge_delay_ms says', async () => {
    choose('merge_delay_ms', MINUTE)
    const [kept, source] = [SARAH, IN_SWEDEN].map(
      (number) => test.klaviyo.store.findByPhone(number)[0]?.profile.id ?? '',
    )
    const relationships = { profiles: { data: [{ type: 'profile', id: source }] } }
    const body = { data: { type: 'profile-merge', id: kept, relationships } }
    await test.api('POST', '/api/profile-merge', { body })
    const status = async () => (await test.api('GET', `/api/profiles/${source}`)).status
    test.world.clock.advance(MINUTE - 2_000)
    expect(await status()).toBe(200)
    test.world.clock.advance(2_000)
    await expect.poll(status).toBe(404)
  })

  it('lets topics of WhatsApp be, or not, as whatsapp_topics says', async () => {
    const topics = async () => JSON.stringify((await test.api('GET', '/api/webhook-topics')).body)
    expect(await topics()).not.toContain('whatsapp')
    choose('whatsapp_topics', 'on')
    expect(await topics()).toContain('event:klaviyo.sent_whatsapp')
  })

  it('gathers a delivery for as long as webhook_batch_ms says', async () => {
    choose('webhook_batch_ms', MINUTE)
    const receiver = await startReceiver(test.world)
    const attributes = {
      name: 'bridge',
      endpoint_url: `${receiver.server.url}/hook`,
      secret_key: 'a-secret-of-enough-length',
    }
    const topic = { type: 'webhook-topic', id: 'event:klaviyo.sent_sms' }
    const relationships = { 'webhook-topics': { data: [topic] } }
    const body = { data: { type: 'webhook', attributes, relationships } }
    await test.api('POST', '/api/webhooks', { body })
    await story.texts(SARAH, 'Hello')
    test.world.clock.advance(MINUTE - 2_000)
    await story.texts(SARAH, 'Hello again')
    expect(receiver.deliveries).toEqual([])
    test.world.clock.advance(2_000)
    await expect.poll(() => receiver.deliveries.map(({ events }) => events.length)).toEqual([2])
    await receiver.server.close()
  })

  it('takes each step of a flow as late as flow_step_delay_ms says', async () => {
    choose('flow_step_delay_ms', MINUTE)
    choose('delivery_delay_ms', 0)
    await startFlow('Come again soon.')
    await story.texts(SARAH, 'Hello')
    test.world.clock.advance(MINUTE - 2_000)
    expect(await bodies()).toEqual(['Hello'])
    test.world.clock.advance(2_000)
    await expect.poll(bodies).toEqual(['Hello', 'Come again soon.'])
  })

  async function startFlow(words: string): Promise<void> {
    const { data } = (await test.api('GET', '/api/metrics')).body
    const metrics = data as { id: string; attributes: { name: string } }[]
    const metric = metrics.find(({ attributes }) => attributes.name === 'Sent Text Message')
    const message = { body: words, add_org_prefix: false }
    const definition = {
      triggers: [{ type: 'metric', id: metric?.id }],
      actions: [{ temporary_id: 'a1', type: 'send-sms', data: { status: 'live', message } }],
      entry_action_id: 'a1',
    }
    const attributes = { name: 'Thanks', definition }
    const made = await test.api('POST', '/api/flows', {
      body: { data: { type: 'flow', attributes } },
    })
    const { id } = made.body.data as { id: string }
    const live = { data: { type: 'flow', id, attributes: { status: 'live' } } }
    await test.api('PATCH', `/api/flows/${id}`, { body: live })
  }
})

describe('a text that the carrier refuses', () => {
  it.each([
    'Device Disconnected',
    'Device Unreachable',
    'Carrier Violation',
    'Message Blocked',
    'Device Incapable of Receiving SMS',
    'Unknown',
  ])('fails with the reason that help.klaviyo.com names: %s', async (type) => {
    await test.control('PUT', `/control/phones/${encode(SARAH)}/failure`, { type })
    await story.texts(SARAH, 'Hello')
    await replies('It left today.')
    await story.settle(2)
    expect((await propertiesOf('Failed to Deliver Text Message'))['Failure Type']).toBe(type)
    expect(await bodies()).toEqual(['Hello'])
  })

  it('fails as an automated response too, under a metric of its own', async () => {
    await test.control('PUT', `/control/phones/${encode(SARAH)}/failure`, { type: 'Unknown' })
    await story.texts(SARAH, 'INFO')
    await story.settle(2)
    expect(await story.metrics()).toEqual([
      'Sent Text Message',
      'Failed to Deliver Automated Response Text Message',
    ])
  })
})
