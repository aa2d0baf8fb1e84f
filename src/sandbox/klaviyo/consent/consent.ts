import { toApiTime } from '../api/json-api.ts'
import type { Channel, Consent, ConsentStatus, Conversation, Profile } from '../entities.ts'

const DAY = 24 * 60 * 60_000

export type ConsentChange = {
  readonly status: ConsentStatus
  readonly at: number
  readonly method: string | null
  readonly methodDetail?: string
}

/** Answers whether the status became another one. */
export function changeConsent(profile: Profile, channel: Channel, change: ConsentChange): boolean {
  const before = profile.consent[channel].status
  profile.consent[channel] = {
    status: change.status,
    changedAt: change.status === 'NEVER_SUBSCRIBED' ? null : change.at,
    method: change.method,
    methodDetail: change.methodDetail ?? '',
  }
  profile.updatedAt = change.at
  return before !== change.status
}

/** Replies on WhatsApp need an open window, not marketing consent. */
export function mayReceive(profile: Profile, channel: Channel): boolean {
  return channel === 'whatsapp' || profile.consent.sms.status === 'SUBSCRIBED'
}

/**
 * WhatsApp lets a business answer freely for 24 hours after the person's latest text.
 * https://help.klaviyo.com/hc/en-us/articles/115005253728
 */
export function isWindowOpen({ channel, lastInboundAt }: Conversation, now: number): boolean {
  return channel !== 'whatsapp' || now < lastInboundAt + DAY
}

/**
 * `additional-fields[profile]=subscriptions`. Null, which the specification allows, stands for what
 * is not emulated: e-mail, push and transactional consent.
 */
export function toSubscriptions(
  profile: Profile,
  whatsapp: Conversation | null,
  now: number,
): Record<string, unknown> {
  const { sms } = profile.consent
  return {
    email: null,
    sms: {
      marketing: {
        can_receive_sms_marketing: sms.status === 'SUBSCRIBED',
        consent: sms.status,
        consent_timestamp: toApiTime(sms.changedAt),
        method: sms.method,
        method_detail: sms.methodDetail,
        last_updated: toApiTime(sms.changedAt),
      },
      transactional: null,
    },
    mobile_push: null,
    whatsapp: {
      marketing: toWhatsappMarketing(profile, profile.consent.whatsapp),
      transactional: null,
      conversational: whatsapp === null ? null : toConversational(profile, whatsapp, now),
    },
  }
}

function toWhatsappMarketing(profile: Profile, consent: Consent) {
  return {
    consent: consent.status,
    consent_timestamp: toApiTime(consent.changedAt),
    last_updated: toApiTime(consent.changedAt),
    can_receive: consent.status === 'SUBSCRIBED',
    phone_number: profile.phoneNumber,
  }
}

/** `valid_until` ends 24 hours after the last inbound text. What `consent` says then is not known [?]. */
function toConversational(profile: Profile, conversation: Conversation, now: number) {
  const validUntil = conversation.lastInboundAt + DAY
  return {
    consent: 'SUBSCRIBED',
    consent_timestamp: toApiTime(conversation.lastInboundAt),
    last_updated: toApiTime(conversation.lastInboundAt),
    can_receive: isWindowOpen(conversation, now),
    valid_until: toApiTime(validUntil),
    phone_number: profile.phoneNumber,
  }
}
