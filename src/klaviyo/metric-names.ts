import type { KlaviyoEventMeaning } from './webhook/event-types.ts'

/**
 * The metrics we read, by meaning, under the names of both generations: Klaviyo renamed them
 * around 2026-07-01, and an account may hold either or both. All have the integration `Klaviyo`.
 *
 * The profile is the subject: *Sent* is what the customer sent, *Received* what reached them.
 * Meanings: https://help.klaviyo.com/hc/en-us/articles/360035345572. New names:
 * https://github.com/singer-io/tap-klaviyo/pull/87 (another integration, 2026-07).
 */
export const METRIC_NAMES: Readonly<Record<KlaviyoEventMeaning, readonly string[]>> = {
  customer_message: ['Sent SMS', 'Sent Text Message', 'Sent WhatsApp'],
  message_delivered: ['Received SMS', 'Received Text Message', 'Received WhatsApp'],
  message_failed: [
    'Failed to Deliver SMS',
    'Failed to Deliver Text Message',
    'Failed to Deliver WhatsApp',
  ],
  auto_response_delivered: [
    'Received Automated Response SMS',
    'Received Automated Response Text Message',
    'Received Automated Response WhatsApp',
  ],
  consent_given: [
    'Consented to Receive SMS',
    'Subscribed to SMS Marketing',
    'Subscribed to Text Messaging Marketing',
  ],
  consent_withdrawn: [
    'Unsubscribed from SMS',
    'Unsubscribed from SMS Marketing',
    'Unsubscribed from Text Messaging Marketing',
  ],
}
