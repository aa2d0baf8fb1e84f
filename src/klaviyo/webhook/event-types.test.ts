import { describe, expect, it } from 'vitest'
import { METRIC_NAMES } from '../metric-names.ts'
import { isWantedTopic, meaningOf } from './event-types.ts'

describe('what a name means', () => {
  it.each(
    Object.entries(METRIC_NAMES).flatMap(([meaning, names]) =>
      names.map((name) => [name, meaning]),
    ),
  )('metric %s: %s', (name, meaning) => {
    expect(meaningOf(name ?? '')?.meaning).toBe(meaning)
  })

  it.each([
    ['event:klaviyo.sent_sms', 'customer_message', 'sms'],
    ['event:klaviyo.sent_text_message', 'customer_message', 'sms'],
    ['event:klaviyo.sent_whatsapp', 'customer_message', 'whatsapp'],
    ['event:klaviyo.received_sms', 'message_delivered', 'sms'],
    ['event:klaviyo.received_whatsapp', 'message_delivered', 'whatsapp'],
    ['event:klaviyo.failed_to_deliver_text_message', 'message_failed', 'sms'],
    ['event:klaviyo.received_automated_response_sms', 'auto_response_delivered', 'sms'],
    ['event:klaviyo.subscribed_to_sms_marketing', 'consent_given', 'sms'],
    ['event:klaviyo.subscribed_to_text_messaging_marketing', 'consent_given', 'sms'],
    ['event:klaviyo.unsubscribed_from_sms_marketing', 'consent_withdrawn', 'sms'],
    ['event:klaviyo.unsubscribed_from_text_message_marketing', 'consent_withdrawn', 'sms'],
  ])('topic %s: %s by %s', (topic, meaning, channel) => {
    expect(meaningOf(topic)).toEqual({ meaning, channel })
    expect(isWantedTopic(topic)).toBe(true)
  })

  it.each([
    'event:klaviyo.received_email',
    'event:klaviyo.clicked_sms',
    'event:klaviyo.subscribed_to_text_messaging_transactional',
    'event:klaviyo.unsubscribed_from_text_messaging_transactional',
    'event:klaviyo.failed_to_deliver_automated_response_sms',
    'event:klaviyo.not_sent_sms',
    'event:api.sent_sms',
    'event: email_delivered',
    'Sent SMS Reply',
    '',
  ])('%j means nothing to us', (name) => {
    expect(meaningOf(name)).toBeNull()
    expect(isWantedTopic(name)).toBe(false)
  })

  it('a metric’s name is no topic', () => {
    expect(isWantedTopic('sent_sms')).toBe(false)
  })
})
