import { describe, expect, it } from 'vitest'
import { id, NOON } from '../../test/support/core-builders.ts'
import { deliver, element, resource } from '../klaviyo/testing/event-delivery.ts'
import {
  parseStored,
  toConsentChanged,
  toCustomerMessage,
  toIntakeRow,
} from './translate-klaviyo.ts'

const EVENT = '4L3cwQae2TX'
const HAPPENED = Date.UTC(2023, 10, 20, 18, 12, 21)

function rowOf(raw: unknown) {
  const [event] = deliver(raw)
  if (event === undefined) throw new Error('nothing was delivered')
  return toIntakeRow(event, raw, id('bridge-1'), id('our-event'), NOON)
}

const nobody = { ...resource(), relationships: {} }
const outgoing = (origin: object = {}) =>
  resource({ 'Message Body': 'On its way.', 'To Number': '+15005550006', ...origin })
const written = { profileId: '01GDDK', phone: '+15005550006', create: false }

describe("Klaviyo's event at intake", () => {
  it('of a customer message makes an unknown customer known', () => {
    expect(rowOf(element('sent_sms'))).toEqual({
      eventId: 'our-event',
      bridgeId: 'bridge-1',
      source: 'klaviyo',
      key: `event:${EVENT}`,
      kind: 'customer_message',
      remoteId: EVENT,
      ticketId: null,
      commentId: null,
      payload: element('sent_sms'),
      ticketState: null,
      at: HAPPENED,
      customer: { profileId: '01GDDK', phone: '+15005550006', create: true },
      consent: null,
      flowMessageTo: null,
      marketing: null,
      work: ['customer_message'],
      settled: null,
    })
  })

  it.each([
    ['received_sms', 'message_delivered'],
    ['failed_to_deliver_sms', 'message_failed'],
  ])(
    'of a message that a person wrote (%s) settles a text, and makes no customer',
    (topic, kind) => {
      expect(rowOf(element(topic, outgoing()))).toMatchObject({
        kind,
        customer: written,
        flowMessageTo: null,
        work: ['text_settlement'],
        settled: null,
      })
    },
  )

  it.each([{ 'Message Name': 'Reply' }, { $message: 'm1' }])(
    'of an answer that merely has %j may still be that of a person',
    (origin) => {
      expect(rowOf(element('received_sms', outgoing(origin))).work).toEqual(['text_settlement'])
    },
  )

  it.each([
    ['a campaign, by name', { 'Campaign Name': 'Spring' }, null],
    ['a flow', { $flow: 'f1' }, '01GDDK'],
  ])(
    'of %s is marketing, and a flow is remembered for its profile',
    (_what, origin, flowMessageTo) => {
      for (const topic of ['received_sms', 'failed_to_deliver_sms'])
        expect(rowOf(element(topic, outgoing(origin)))).toMatchObject({
          at: HAPPENED,
          customer: null,
          work: [],
          settled: 'marketing_message',
          flowMessageTo,
        })
    },
  )

  it.each([
    [
      { $flow: 'f1', $message: 'm1' },
      { origin: 'flow:f1', name: null },
    ],
    [
      { $message: 'm1', 'Campaign Name': 'Spring' },
      { origin: 'message:m1', name: 'Spring' },
    ],
    [{ 'Campaign Name': 'Spring' }, { origin: 'campaign:Spring', name: 'Spring' }],
  ])('of what %j delivered can be counted by where it came from', (origin, expected) => {
    const { marketing } = rowOf(element('received_sms', outgoing(origin)))
    expect(marketing).toMatchObject({ ...expected, profileId: '01GDDK' })
    expect(rowOf(element('failed_to_deliver_sms', outgoing(origin))).marketing).toBeNull()
  })

  it("of Klaviyo's own auto-response is settled as that", () => {
    expect(rowOf(element('received_automated_response_sms', outgoing()))).toMatchObject({
      work: [],
      settled: 'auto_response',
      customer: null,
    })
  })

  it.each([
    ['consented_to_receive_sms', 'given'],
    ['unsubscribed_from_sms', 'withdrawn'],
  ])('of a consent (%s) tells it at once: %s', (topic, to) => {
    expect(rowOf(element(topic))).toMatchObject({
      at: HAPPENED,
      customer: { profileId: '01GDDK', phone: null, create: false },
      consent: { profileId: '01GDDK', to },
      work: ['consent'],
      settled: null,
    })
  })

  it.each(['sent_sms', 'consented_to_receive_sms', 'unsubscribed_from_sms'])(
    'of nobody (%s) is unreadable, and makes no work',
    (topic) => {
      expect(rowOf(element(topic, nobody))).toMatchObject({
        at: HAPPENED,
        customer: null,
        consent: null,
        work: [],
        settled: 'unreadable',
      })
    },
  )

  it('is kept as it came', () => {
    expect(rowOf(element('sent_sms', resource())).payload).toEqual(element('sent_sms', resource()))
  })
})

describe("Klaviyo's event that is not acted on", () => {
  it.each([
    ['another topic', element('opened_email'), 'event:klaviyo.opened_email', 'unsupported'],
    [
      'a message without a body',
      element('sent_sms', resource({})),
      'event:klaviyo.sent_sms',
      'unreadable',
    ],
  ])('is kept under its own name, with a reason: %s', (_what, raw, kind, settled) => {
    expect(rowOf(raw)).toMatchObject({
      kind,
      settled,
      key: `event:${EVENT}`,
      remoteId: EVENT,
      at: NOON,
      customer: null,
      work: [],
    })
  })

  it.each([[{}], [null], [[]], ['text']])('is kept even when it has no topic at all: %j', (raw) => {
    expect(rowOf(raw)).toMatchObject({ kind: 'unreadable', settled: 'unreadable', work: [] })
  })

  it('is known again by its content when it names no id', () => {
    expect(rowOf({ topic: 'x' }).key).toBe(rowOf({ topic: 'x' }).key)
    expect(rowOf({ topic: 'x' }).key).not.toBe(rowOf({ topic: 'y' }).key)
  })
})

describe('a stored event', () => {
  it.each([
    element('sent_sms'),
    element('received_sms', outgoing()),
    element('consented_to_receive_sms'),
    element('opened_email'),
  ])('is read again as it was: %j', (raw) => {
    expect([parseStored(rowOf(raw).payload)]).toEqual(deliver(raw))
  })
})

describe('what the core is told of it', () => {
  it('is the message, with both numbers', () => {
    expect(toCustomerMessage(parseStored(element('sent_sms')))).toEqual({
      kind: 'customer_message_received',
      messageId: EVENT,
      channel: 'sms',
      body: 'Where is my order?',
      customerNumber: '+15005550006',
      brandNumber: '+18005551234',
      profileId: '01GDDK',
      at: HAPPENED,
    })
  })

  it.each([
    ['consented_to_receive_sms', 'given'],
    ['unsubscribed_from_sms', 'withdrawn'],
  ])('is the consent (%s: %s)', (topic, to) => {
    expect(toConsentChanged(parseStored(element(topic)))).toEqual({
      kind: 'consent_changed',
      profileId: '01GDDK',
      to,
      at: HAPPENED,
    })
  })

  it('is never made of an event of another kind, nor of one about nobody', () => {
    const consent = parseStored(element('consented_to_receive_sms'))
    const message = parseStored(element('sent_sms'))
    expect(() => toCustomerMessage(consent)).toThrow('consent_given is no customer message')
    expect(() => toConsentChanged(message)).toThrow('customer_message is no consent')
    expect(() => toCustomerMessage(parseStored(element('sent_sms', nobody)))).toThrow()
    expect(() =>
      toConsentChanged(parseStored(element('consented_to_receive_sms', nobody))),
    ).toThrow()
  })
})
