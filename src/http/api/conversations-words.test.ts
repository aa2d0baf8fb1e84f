import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { element, INBOUND, resource } from '../../klaviyo/testing/event-delivery.ts'
import { comment, delivery } from '../../zendesk/testing/ticket-delivery.ts'
import { wordsOf } from './conversations-words.ts'

const klaviyo = (topic: string, properties: object) =>
  wordsOf({ source: 'klaviyo', payload: element(topic, resource(properties)) })
const zendesk = (given: object) =>
  wordsOf({
    source: 'zendesk',
    payload: delivery('ticket.comment_added', { comment: { ...comment, ...given } }),
  })

describe('the words of a stored event', () => {
  it('are the text of a customer, and the number that was texted', () => {
    expect(klaviyo('sent_sms', INBOUND)).toEqual({
      text: 'Where is my order?',
      from: 'customer',
      detail: '+18005551234',
    })
  })

  it('are the campaign that a text belongs to', () => {
    const properties = { 'Message Body': 'Sale!', 'Campaign Name': 'Black Friday' }
    expect(klaviyo('received_sms', properties)).toEqual({
      text: 'Sale!',
      from: 'brand',
      detail: 'Black Friday',
    })
  })

  it('are why a text did not arrive', () => {
    expect(klaviyo('failed_to_deliver_sms', { 'Failure Type': 'Message Blocked' }).detail).toBe(
      'Message Blocked',
    )
  })

  it.each([
    [{ is_public: true }, 'agent'],
    [{ is_public: false }, 'note'],
    [{ is_public: true, author: { id: 1, is_staff: false } }, 'customer'],
  ])('are told apart by who wrote the comment: %j', (given, from) => {
    expect(zendesk({ ...given, body: 'On its way' })).toMatchObject({ text: 'On its way', from })
  })

  it('are the start of a text, and what became of it', () => {
    const payload = { kind: 'text_outcome', textStart: 'On its', why: 'Message Blocked' }
    expect(wordsOf({ source: 'replyline', payload })).toMatchObject({
      text: 'On its',
      detail: 'Message Blocked',
    })
  })

  it.each(['klaviyo', 'zendesk', 'replyline'])('are read from any JSON of %s', (source) => {
    fc.assert(
      fc.property(fc.jsonValue(), (odd) => {
        expect(wordsOf({ source, payload: odd })).toHaveProperty('text')
        expect(wordsOf({ source, payload: element('sent_sms', odd) })).toHaveProperty('text')
      }),
    )
  })
})
