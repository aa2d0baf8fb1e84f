/** What a Klaviyo event means to us, whatever its topic or metric is called this year. */
export type KlaviyoEventMeaning =
  | 'customer_message'
  | 'message_delivered'
  | 'message_failed'
  | 'auto_response_delivered'
  | 'consent_given'
  | 'consent_withdrawn'

/** How a message travelled; `sms` for everything under the SMS and Text Message names. */
export type MessageChannel = 'sms' | 'whatsapp'

/**
 * Slug → meaning. A topic is `event:klaviyo.<slug>`; a metric's name, lowered and underscored,
 * gives the same slug. Old slugs are documented; the new ones follow the renamed metrics
 * (inferred); WhatsApp's follow its metrics (seen as metrics, never as topics). Transactional
 * consent is no marketing consent and is left out, as are failed auto-responses.
 *
 * https://developers.klaviyo.com/en/reference/webhooks_api_overview
 */
const MEANINGS: readonly (readonly [RegExp, KlaviyoEventMeaning])[] = [
  [/^sent_(sms|text_message|whatsapp)$/, 'customer_message'],
  [/^received_(sms|text_message|whatsapp)$/, 'message_delivered'],
  [/^failed_to_deliver_(sms|text_message|whatsapp)$/, 'message_failed'],
  [/^received_automated_response_(sms|text_message|whatsapp)$/, 'auto_response_delivered'],
  [/^subscribed_to_(sms|text_messag(e|ing))_marketing$/, 'consent_given'],
  [/^consented_to_receive_sms$/, 'consent_given'],
  [/^unsubscribed_from_(sms|text_messag(e|ing))_marketing$/, 'consent_withdrawn'],
  [/^unsubscribed_from_sms$/, 'consent_withdrawn'],
]

/** The meaning and channel of a webhook topic or metric name; null when it is none of ours. */
export function meaningOf(
  topicOrMetricName: string,
): { readonly meaning: KlaviyoEventMeaning; readonly channel: MessageChannel } | null {
  const slug = toSlug(topicOrMetricName)
  const row = MEANINGS.find(([pattern]) => pattern.test(slug))
  if (row === undefined) return null
  return { meaning: row[1], channel: slug.endsWith('_whatsapp') ? 'whatsapp' : 'sms' }
}

/** Whether a webhook topic, as the account lists it, is one we act on. */
export function isWantedTopic(topicId: string): boolean {
  return topicId.startsWith(TOPIC_PREFIX) && meaningOf(topicId) !== null
}

const TOPIC_PREFIX = 'event:klaviyo.'

/** Topics of other integrations keep their prefix, so they match nothing. */
function toSlug(topicOrMetricName: string): string {
  const name = topicOrMetricName.trim().toLowerCase()
  const bare = name.startsWith(TOPIC_PREFIX) ? name.slice(TOPIC_PREFIX.length) : name
  return bare.replace(/[\s-]+/g, '_')
}
