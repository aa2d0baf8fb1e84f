import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createStory,
  createTestKlaviyo,
  encode,
  LONG_CODE,
  NEVER_SUBSCRIBED,
  SARAH,
  type TestKlaviyo,
  TOLL_FREE,
} from '../test-support.ts'

let test: TestKlaviyo
let story: ReturnType<typeof createStory>

beforeEach(() => {
  test = createTestKlaviyo()
  story = createStory(test)
})
afterEach(() => test.close())

describe('a conversation message', () => {
  async function reply(body: string): Promise<{ status: number; text: string; code?: string }> {
    const found = test.klaviyo.store.findByPhone(SARAH)[0]?.profile.id ?? ''
    const path = `/api/profiles/${found}/relationships/conversations`
    const { data } = (await test.api('GET', path)).body
    const conversation = { data: (data as unknown[])[0] }
    const message = {
      data: {
        type: 'conversation-message',
        attributes: { body },
        relationships: { conversation },
      },
    }
    const answer = await test.api('POST', '/api/conversation-messages', { body: message })
    const code = answer.body.errors?.[0]?.code
    return { status: answer.status, text: answer.text, ...(code === undefined ? {} : { code }) }
  }

  it('reaches the phone from the number that was texted last, and an event follows', async () => {
    await story.texts(SARAH, 'Hello')
    await story.texts(SARAH, 'Hello again', LONG_CODE)
    expect(await reply('It left today.')).toEqual({ status: 202, text: '' })
    expect(await story.screen(SARAH)).toHaveLength(2)

    await story.settle(3)
    expect((await story.screen(SARAH))[2]).toMatchObject({
      direction: 'received',
      from: LONG_CODE,
      to: SARAH,
      body: 'It left today.',
      origin: 'conversation',
    })
    const [delivered] = await test.control<{ properties: unknown }[]>(
      'GET',
      '/control/events?metric=Received%20Text%20Message',
    )
    expect(delivered?.properties).toMatchObject({
      'Message Body': 'It left today.',
      'From Number': LONG_CODE,
      'To Number': SARAH,
      'Carrier Delivery Status': 'Delivered',
    })
    for (const label of ['$message', '$flow', 'Campaign Name']) {
      expect(delivered?.properties).not.toHaveProperty([label])
    }
  })

  it('fails by an event when the phone is out of order', async () => {
    await story.texts(SARAH, 'Hello')
    const type = 'Device Unreachable'
    await test.control('PUT', `/control/phones/${encode(SARAH)}/failure`, { type })
    await reply('It left today.')
    await story.settle(2)
    expect((await story.events())[1]).toMatchObject({
      metric: 'Failed to Deliver Text Message',
      properties: { 'Failure Type': 'Device Unreachable' },
    })
    expect(await story.screen(SARAH)).toHaveLength(1)
  })

  it.each([
    ['fails_later', 202],
    ['refused', 400],
  ])('to someone who opted out %s', async (mode, status) => {
    test.world.settings.set('unsubscribed_reply', mode)
    await story.texts(SARAH, 'Hello')
    await test.control('PUT', `/control/profiles/${encode(SARAH)}`, { smsConsent: 'UNSUBSCRIBED' })
    expect((await reply('It left today.')).status).toBe(status)
    test.world.clock.advance(1_000)
    if (status === 202) await expect.poll(story.metrics).toContain('Failed to Deliver Text Message')
    expect(await story.screen(SARAH)).toHaveLength(1)
  })

  it.each([
    [true, 404, 'not_found'],
    [false, 403, 'permission_denied'],
  ])('to an unknown conversation, with the grant %s, gets %i', async (grant, status, code) => {
    await test.control('PUT', '/control/grants', { conversations: grant })
    const conversation = { data: { type: 'conversation', id: 'none' } }
    const relationships = { conversation }
    const data = { type: 'conversation-message', attributes: { body: 'Hi' }, relationships }
    const answer = await test.api('POST', '/api/conversation-messages', { body: { data } })
    expect([answer.status, answer.body.errors?.[0]?.code]).toEqual([status, code])
  })

  it('is forbidden without the grant, and nothing is sent', async () => {
    await story.texts(SARAH, 'Hello')
    await test.control('PUT', '/control/grants', { conversations: false })
    expect(await reply('Hi')).toMatchObject({ status: 403, code: 'permission_denied' })
    test.world.clock.advance(1_000)
    await story.settle(1)
    expect(await story.screen(SARAH)).toHaveLength(1)
  })

  it('written in the Inbox looks the same', async () => {
    await story.texts(SARAH, 'Hello')
    await test.control('POST', '/control/inbox/replies', { number: SARAH, body: 'Hi Sarah' })
    await story.settle(2)
    expect((await story.screen(SARAH))[1]).toMatchObject({
      body: 'Hi Sarah',
      origin: 'conversation',
    })
  })
})

describe('a campaign', () => {
  it('reaches subscribers only, from the sender of their country', async () => {
    const numbers = [SARAH, NEVER_SUBSCRIBED, '+46705550115']
    const campaign = { name: 'Winter sale', body: '20 % off', to: { numbers } }
    expect(await test.control('POST', '/control/campaigns', campaign)).toEqual({ sent: 2 })
    await story.settle(2)
    const seen = (await story.events()).map(({ properties }) => properties)
    expect(seen.map((properties) => properties['From Number']).toSorted()).toEqual([
      TOLL_FREE,
      'NORDLYS',
    ])
    expect(seen[0]).toMatchObject({ 'Campaign Name': 'Winter sale', $message: expect.any(String) })
    expect(seen[0]).not.toHaveProperty(['$flow'])
    expect(await story.screen(SARAH)).toMatchObject([{ body: '20 % off', origin: 'campaign' }])
  })

  it('owns the first answer to it, and only the first', async () => {
    const campaign = { name: 'Winter sale', body: '20 % off', to: { numbers: [SARAH] } }
    await test.control('POST', '/control/campaigns', campaign)
    await story.settle(1)
    await story.texts(SARAH, 'Nice')
    await story.texts(SARAH, 'Really nice')
    const [first, second] = (await story.events()).slice(1)
    expect(first?.properties).toHaveProperty(['$message'])
    expect(second?.properties).not.toHaveProperty(['$message'])
  })

  it('invents subscribers when more are asked for than the account has', async () => {
    const campaign = { name: 'Winter sale', body: '20 % off', to: { count: 50 } }
    expect(await test.control('POST', '/control/campaigns', campaign)).toEqual({ sent: 50 })
  })

  it('is told from a flow message by $flow', async () => {
    const message = { flowName: 'Welcome', body: 'Hi', to: SARAH }
    await test.control('POST', '/control/flows/messages', message)
    await story.settle(1)
    expect((await story.events())[0]?.properties).toMatchObject({
      $flow: expect.any(String),
      'Message Name': 'Welcome',
    })
  })
})
