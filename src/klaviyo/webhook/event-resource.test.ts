import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deliver, element, INBOUND, resource } from '../testing/event-delivery.ts'
import { parseKlaviyoDelivery, parseKlaviyoEventResource } from './parse.ts'

describe('an event', () => {
  it.each([
    [
      'received_sms',
      { $message: 'm', $flow: 'f', 'Carrier Delivery Status': 'Delivered' },
      {
        kind: 'message_delivered',
        body: null,
        marketing: { message: 'm', flow: 'f', campaignName: null, messageName: null },
        carrierStatus: 'Delivered',
      },
    ],
    [
      'received_whatsapp',
      { 'Message Body': 'b' },
      { kind: 'message_delivered', channel: 'whatsapp', body: 'b', marketing: null },
    ],
    [
      'failed_to_deliver_sms',
      { 'Failure Type': 'Unknown', 'Failure Source': 's' },
      { kind: 'message_failed', failureType: 'Unknown', failureSource: 's' },
    ],
    [
      'received_automated_response_sms',
      { Body: 'b' },
      { kind: 'auto_response_delivered', body: 'b' },
    ],
    ['subscribed_to_sms_marketing', { Method: 'TEXT' }, { kind: 'consent_given', method: 'TEXT' }],
    ['unsubscribed_from_sms_marketing', null, { kind: 'consent_withdrawn', properties: {} }],
    [
      'sent_sms',
      { message_body: '', 'From Number': 15005550006, 'From Phone Region': 'US' },
      { kind: 'customer_message', body: '', from: '+15005550006', to: null },
    ],
    ['sent_text_message', { ...INBOUND, 'To Number': '55501' }, { to: '55501' }],
  ])('%s %j', (topic, properties, expected) => {
    expect(deliver(element(topic, resource(properties)))).toMatchObject([expected])
  })

  it('may lack its id and relationships, when the delivery names it', () => {
    const { attributes } = resource()
    expect(deliver(element('sent_sms', { attributes }))).toMatchObject([
      { kind: 'customer_message', eventId: '4L3cwQae2TX', profileId: null, metricId: null },
    ])
  })

  it('falls back on its timestamp in seconds', () => {
    const [event] = deliver(element('sent_sms', resource(INBOUND, { datetime: 'soon' })))
    expect(event).toMatchObject({ at: 1700503941_000 })
  })

  it('read through the API is the same, by its metric’s name', () => {
    const event = parseKlaviyoEventResource(resource(), 'Sent Text Message')
    expect(event).toMatchObject({ kind: 'customer_message', topic: 'Sent Text Message' })
  })
})

describe('an event that cannot be used', () => {
  it.each([
    [
      element('sent_sms', resource({ 'From Number': '+1' })),
      'attributes.event_properties.Message Body: missing',
    ],
    [
      element('sent_sms', resource({ 'Message Body': 'b' })),
      'attributes.event_properties.From Number: missing',
    ],
    [
      element('sent_sms', resource(INBOUND, { datetime: 4, timestamp: 'x' })),
      'attributes.datetime: missing or not a time',
    ],
    [element('sent_sms', null), 'payload.data: missing'],
    [{ ...element('sent_sms'), topic: '' }, 'topic: missing'],
  ])('names the path (%#)', (bad, problem) => {
    expect(deliver(bad)).toMatchObject([{ kind: 'unreadable', eventId: '4L3cwQae2TX', problem }])
  })

  it('is a value for any JSON, and harms no neighbour', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (odd, properties) => {
        const events = deliver(
          odd,
          element('sent_sms', odd),
          element('received_sms', resource(properties)),
          element('sent_sms'),
        )
        expect(events).toHaveLength(4)
        expect(events[3]?.kind).toBe('customer_message')
        parseKlaviyoDelivery(odd)
      }),
    )
  })
})
