import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createStory,
  createTestKlaviyo,
  encode,
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

describe('a person texts a brand number', () => {
  it('and an inbound event says what and between which numbers', async () => {
    const { eventId, profileId } = await story.texts(SARAH, 'Where is my order?')
    expect(await story.events()).toMatchObject([
      {
        id: eventId,
        profileId,
        metric: 'Sent Text Message',
        properties: {
          'Message Body': 'Where is my order?',
          'From Number': SARAH,
          'From Phone Region': 'US',
          'To Number': TOLL_FREE,
          'To Phone Region': 'US',
          'Message Format': 'SMS',
        },
      },
    ])
    expect(await story.screen(SARAH)).toMatchObject([
      { direction: 'sent', from: SARAH, to: TOLL_FREE, body: 'Where is my order?', origin: null },
    ])
  })

  it('and a stranger becomes a profile without consent', async () => {
    await story.texts('+14155550177', 'Hello')
    expect(await story.consent('+14155550177')).toMatchObject({
      consent: 'NEVER_SUBSCRIBED',
      can_receive_sms_marketing: false,
    })
  })

  it('and the number decides the account', async () => {
    await story.texts(SARAH, 'Hello', '+18005550200')
    expect(await story.events()).toMatchObject([{ account: 'FJELLS' }])
  })

  it.each(['NORDLYS', '+14155559999'])('but not %s', async (to) => {
    expect((await story.texts(SARAH, 'Hello', to)).error).toBe('BadRequest')
    expect(await story.events()).toEqual([])
  })

  it('and the metric goes by its older name when the switch says so, with the same id', async () => {
    await story.texts(SARAH, 'Hello')
    const idOf = async () => {
      const { body } = await test.api('GET', '/api/events?include=metric')
      return (body.included as { id: string; attributes: { name: string } }[])[0]
    }
    const before = await idOf()
    test.world.settings.set('metricNames', 'sms')
    const after = await idOf()
    expect([before?.attributes.name, after?.attributes.name]).toEqual([
      'Sent Text Message',
      'Sent SMS',
    ])
    expect(after?.id).toBe(before?.id)
  })

  it('on WhatsApp, which is another conversation and another metric', async () => {
    const { profileId } = await story.texts(SARAH, 'Hello', TOLL_FREE, 'whatsapp')
    await story.texts(SARAH, 'Hello')
    expect(await story.metrics()).toEqual(
      expect.arrayContaining(['Sent WhatsApp', 'Sent Text Message']),
    )
    const { body } = await test.api('GET', `/api/profiles/${profileId}/conversations`)
    const channels = (body.data as { attributes: { channel: string } }[]).map(
      ({ attributes }) => attributes.channel,
    )
    expect(channels.toSorted()).toEqual(['sms', 'whatsapp'])
  })
})

describe('a keyword', () => {
  it('STOP opts out after the inbound event, says so by an event, and is confirmed', async () => {
    await story.texts(SARAH, 'STOP')
    expect(await story.metrics()).toEqual(['Sent Text Message'])
    expect(await story.consent(SARAH)).toMatchObject({ consent: 'SUBSCRIBED' })

    await story.settle(3)
    expect(await story.metrics()).toEqual([
      'Sent Text Message',
      'Unsubscribed from Text Messaging Marketing',
      'Received Automated Response Text Message',
    ])
    expect(await story.consent(SARAH)).toMatchObject({ consent: 'UNSUBSCRIBED' })
    expect(await story.screen(SARAH)).toMatchObject([
      { direction: 'sent' },
      { direction: 'received', from: TOLL_FREE, origin: 'auto-response' },
    ])
  })

  it('inside a sentence opts out too, by default', async () => {
    await story.texts(SARAH, 'Please cancel my order')
    await story.settle(3)
    expect(await story.consent(SARAH)).toMatchObject({ consent: 'UNSUBSCRIBED' })
  })

  it('JOIN subscribes and stays as the method detail', async () => {
    await story.texts(NEVER_SUBSCRIBED, 'join')
    await story.settle(3)
    expect(await story.metrics()).toContain('Subscribed to Text Messaging Marketing')
    expect(await story.consent(NEVER_SUBSCRIBED)).toMatchObject({
      consent: 'SUBSCRIBED',
      method: 'TEXT',
      method_detail: 'JOIN',
    })
  })

  it('JOIN waits for YES under double opt-in', async () => {
    test.world.settings.set('double_opt_in', 'on')
    await story.texts(NEVER_SUBSCRIBED, 'JOIN')
    await story.settle(2)
    expect(await story.consent(NEVER_SUBSCRIBED)).toMatchObject({ consent: 'NEVER_SUBSCRIBED' })
    await story.texts(NEVER_SUBSCRIBED, 'yes')
    await story.settle(5)
    expect(await story.consent(NEVER_SUBSCRIBED)).toMatchObject({
      consent: 'SUBSCRIBED',
      method_detail: 'JOIN',
    })
  })

  it('START brings back who has opted out', async () => {
    await test.control('PUT', `/control/profiles/${encode(SARAH)}`, { smsConsent: 'UNSUBSCRIBED' })
    expect(await story.events()).toEqual([])
    await story.texts(SARAH, 'START')
    await story.settle(3)
    expect(await story.consent(SARAH)).toMatchObject({
      consent: 'SUBSCRIBED',
      method_detail: 'START',
    })
  })

  it('HELP is answered and changes nothing', async () => {
    await story.texts(SARAH, 'help')
    await story.settle(2)
    expect(await story.metrics()).toEqual([
      'Sent Text Message',
      'Received Automated Response Text Message',
    ])
    expect(await story.consent(SARAH)).toMatchObject({ consent: 'SUBSCRIBED' })
  })

  it('SIZE starts the flow that it belongs to', async () => {
    await story.texts(SARAH, 'Size')
    await story.settle(2)
    expect((await story.events())[1]).toMatchObject({
      metric: 'Received Text Message',
      properties: {
        $flow: expect.any(String),
        $message: expect.any(String),
        'Message Name': 'Size guide',
      },
    })
    expect((await story.screen(SARAH))[1]).toMatchObject({ origin: 'flow' })
  })

  it('that nobody knows is answered only with the auto-responder on', async () => {
    test.world.settings.set('auto_responder', 'on')
    await story.texts(SARAH, 'Where is my order?')
    await story.settle(2)
    expect((await story.screen(SARAH))[1]).toMatchObject({ origin: 'auto-response' })
  })
})
