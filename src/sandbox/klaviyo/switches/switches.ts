import type { Settings } from '../../core/settings.ts'
import { defineAgents } from './switches-of-agents.ts'
import { defineJobs } from './switches-of-jobs.ts'

/** Reads the switches of the emulated Klaviyo; each is a doubt of the facts. */
export type Switches = ReturnType<typeof defineSwitches>

const ON_OFF = ['on', 'off'] as const
const GENERATIONS = ['sms', 'text-message'] as const

/** Registers Klaviyo's switches. `PUT /control/settings` changes them, `GET` lists them. */
export function defineSwitches(settings: Settings) {
  return {
    ...defineNaming(settings),
    ...defineConsent(settings),
    ...defineMessages(settings),
    ...defineOauth(settings),
    ...defineJobs(settings),
    ...defineAgents(settings),
  }
}

function defineOauth(settings: Settings) {
  return {
    refreshRotation: settings.define({
      name: 'klaviyo_refresh_rotation',
      values: ON_OFF,
      default: 'on',
      source: '[I] the SDK stores whichever refresh token comes back',
      about: 'Whether a refresh gives a new refresh token and ends the old one.',
    }),
  }
}

function defineNaming(settings: Settings) {
  return {
    metricNames: settings.define({
      name: 'metricNames',
      values: GENERATIONS,
      default: 'text-message',
      source: '[V3] github.com/singer-io/tap-klaviyo/pull/87',
      about: 'Names of the built-in metrics: "Sent SMS" or, since July 2026, "Sent Text Message".',
    }),
    topicSlugs: settings.define({
      name: 'topic_slugs',
      values: GENERATIONS,
      default: 'sms',
      source: '[?] the specification of 2026-07-23 still says event:klaviyo.sent_sms',
      about: 'Whether webhook topics followed the renaming of the metrics.',
    }),
    whatsappTopics: settings.define({
      name: 'whatsapp_topics',
      values: ON_OFF,
      default: 'off',
      source: '[V3] one real account had no WhatsApp-inbound topic on 2026-07-24',
      about: 'Whether webhook topics exist for the WhatsApp metrics.',
    }),
  }
}

function defineConsent(settings: Settings) {
  return {
    optOutMode: settings.define({
      name: 'opt_out_mode',
      values: ['contains_word', 'exact'],
      default: 'contains_word',
      source: '[V] help.klaviyo.com 29109965092251: an account setting; the API does not show it',
      about: 'When a text opts out. In the US any text that contains "stop" does, in both modes.',
    }),
    doubleOptIn: settings.define({
      name: 'double_opt_in',
      values: ON_OFF,
      default: 'off',
      source: 'an account setting; the API does not show it',
      about: 'Whether a subscribe keyword asks for YES before it subscribes.',
    }),
    autoResponder: settings.define({
      name: 'auto_responder',
      values: ON_OFF,
      default: 'off',
      source: '[V] help.klaviyo.com 360035345572: an account setting',
      about: 'Whether texts without a known keyword get an automated response.',
    }),
    consentEventDelayMs: settings.define({
      name: 'consent_event_delay_ms',
      values: 'milliseconds',
      default: 300,
      source: '[?] no order between the two events is documented',
      about: 'How long after the inbound event a keyword changes consent and says so by an event.',
    }),
    expiredWhatsappReply: settings.define({
      name: 'expired_whatsapp_reply',
      values: ['vanishes', 'refused'],
      default: 'vanishes',
      source: '[?] undocumented; no public source names an event for a failed WhatsApp text',
      about: 'What becomes of a conversation message on WhatsApp after its 24-hour window.',
    }),
    unsubscribedReply: settings.define({
      name: 'unsubscribed_reply',
      values: ['fails_later', 'refused'],
      default: 'fails_later',
      source: '[?] undocumented',
      about: 'What becomes of a conversation message to a profile that is not subscribed.',
    }),
  }
}

function defineMessages(settings: Settings) {
  return {
    deliveryDelayMs: settings.define({
      name: 'delivery_delay_ms',
      values: 'milliseconds',
      default: 150,
      source: 'chosen: a 202 only queues the message',
      about: 'How long a text takes from Klaviyo to the phone.',
    }),
    eventLagMs: settings.define({
      name: 'event_lag_ms',
      values: 'milliseconds',
      default: 0,
      source: '[V3] events may take minutes; status.klaviyo.com, 2026-05-19',
      about: 'How long after its time an event becomes visible and is delivered.',
    }),
    webhookBatchMs: settings.define({
      name: 'webhook_batch_ms',
      values: 'milliseconds',
      default: 20,
      source: 'chosen: only "up to 1,000 events per request" is known',
      about: 'How long a delivery waits for further events of the same webhook.',
    }),
    replyNumber: settings.define({
      name: 'reply_number',
      values: ['last_texted', 'account_default'],
      default: 'last_texted',
      source: '[I] documented for the native integration, not for the API',
      about: 'The number that conversation messages go out from.',
    }),
    inboundToNumber: settings.define({
      name: 'inbound_to_number',
      values: ['present', 'absent'],
      default: 'present',
      source: '[I] no recorded inbound event is public',
      about: 'Whether an inbound event carries "To Number".',
    }),
    ...defineMessageShapes(settings),
    deliveredBody: settings.define({
      name: 'delivered_body',
      values: ['present', 'absent'],
      default: 'present',
      source: '[?] no recorded delivered event is public',
      about: 'Whether a delivered event carries "Message Body".',
    }),
  }
}

/** What no public recording of a message's event tells. */
function defineMessageShapes(settings: Settings) {
  return {
    messageProperties: settings.define({
      name: 'message_properties',
      values: ['title_case', 'snake_case'],
      default: 'title_case',
      source: '[I] Title Case is read in production on WhatsApp; no recorded SMS event is public',
      about: 'Whether events call them "Message Body", "From Number" or message_body, from_number.',
    }),
    replyMessageId: settings.define({
      name: 'reply_message_id',
      values: ['absent', 'present'],
      default: 'absent',
      source: '[I] what tells conversation messages from campaigns and flows is undocumented',
      about: 'Whether the event of a delivered or failed conversation message carries $message.',
    }),
    webhookAccountId: settings.define({
      name: 'webhook_account_id',
      values: ['present', 'absent'],
      default: 'present',
      source: "present in the developer pages' sample, absent in help.klaviyo.com 17760478970907",
      about: 'Whether a delivery names the account it comes from.',
    }),
  }
}
