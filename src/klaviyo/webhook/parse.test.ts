import { describe, expect, it } from 'vitest'
import { deliver, element, INBOUND } from '../testing/event-delivery.ts'
import { parseKlaviyoDelivery } from './parse.ts'

describe('a delivery', () => {
  it('is read whole', () => {
    const meta = { klaviyo_webhook_id: 'w', klaviyo_account_id: 'a' }
    expect(parseKlaviyoDelivery({ meta, data: [element('sent_sms')] })).toEqual({
      ok: true,
      value: {
        webhookId: 'w',
        accountId: 'a',
        events: [
          {
            kind: 'customer_message',
            eventId: '4L3cwQae2TX',
            topic: 'event:klaviyo.sent_sms',
            at: Date.UTC(2023, 10, 20, 18, 12, 21),
            profileId: '01GDDK',
            metricId: 'XPbM2j',
            properties: INBOUND,
            channel: 'sms',
            body: 'Where is my order?',
            from: '+15005550006',
            to: '+18005551234',
          },
        ],
      },
    })
  })

  it('may lack its metadata, as one of the two published samples does', () => {
    expect(parseKlaviyoDelivery({ data: [] })).toEqual({
      ok: true,
      value: { webhookId: null, accountId: null, events: [] },
    })
  })

  it('keeps the good events beside the bad, in order', () => {
    const events = deliver(null, element('sent_sms'), { topic: 4 }, element('clicked_sms'), 'x')
    expect(events.map(({ kind }) => kind)).toEqual([
      'unreadable',
      'customer_message',
      'unreadable',
      'unsupported',
      'unreadable',
    ])
  })

  it.each([
    [null, 'body'],
    [{}, 'data'],
    [{ data: {} }, 'data'],
  ])('%j is a problem that names its path', (json, path) => {
    expect(parseKlaviyoDelivery(json)).toMatchObject({
      ok: false,
      problem: expect.stringMatching(new RegExp(`^${path}: `)),
    })
  })
})
