import { type Instant, MINUTE, SECOND } from '../kernel/instant.ts'
import type { Policy } from './conversation.ts'
import type { CustomerFacts } from './customer-facts.ts'
import type { CustomerMessageReceived } from './events.ts'
import { couldBeKeyword, isOneWord, keywordReason } from './keywords.ts'
import type { Reason } from './reasons.ts'

/** A consent change this long after a text is still taken to be that text's doing. */
const CONSENT_WINDOW_MS = 2 * MINUTE
/** Klaviyo's clocks write whole seconds, so the change may seem to come before the text. */
const CONSENT_SLACK_MS = 2 * SECOND

/** The reason that keeps a text from making a ticket, or null. */
export function whyNoTicket(
  message: CustomerMessageReceived,
  facts: CustomerFacts,
  policy: Policy,
): Reason | null {
  const keyword = keywordReason(message.body, policy)
  if (keyword !== null) return keyword
  const oneWord = isOneWord(message.body)
  if (oneWord && couldBeKeyword(message.body)) {
    if (changedConsent(message, facts)) return 'keyword_changed_consent'
    if (isCausedBy(message, facts.flowMessageAt)) return 'keyword_answered_by_flow'
  }
  // WhatsApp has a consent of its own: whoever writes first may be answered for 24 hours (N77).
  if (facts.profile.kind !== 'known' || message.channel === 'whatsapp') return null
  if (facts.profile.facts.consent === 'SUBSCRIBED') return null
  return optedOutBy(message, facts) ? null : 'not_subscribed'
}

/**
 * True for a sentence that took its writer's consent away: Klaviyo matched an opt-out word inside it.
 */
export function optedOutBy(message: CustomerMessageReceived, facts: CustomerFacts): boolean {
  if (!couldBeKeyword(message.body)) return false
  const { lastConsent, profile } = facts
  if (lastConsent?.to === 'withdrawn' && isCausedBy(message, lastConsent.at)) return true
  return (
    profile.kind === 'known' &&
    profile.facts.consent === 'UNSUBSCRIBED' &&
    isCausedBy(message, profile.facts.consentAt)
  )
}

function changedConsent(message: CustomerMessageReceived, facts: CustomerFacts): boolean {
  if (isCausedBy(message, facts.lastConsent?.at ?? null)) return true
  return facts.profile.kind === 'known' && isCausedBy(message, facts.profile.facts.consentAt)
}

function isCausedBy(message: CustomerMessageReceived, at: Instant | null): boolean {
  return at !== null && at >= message.at - CONSENT_SLACK_MS && at <= message.at + CONSENT_WINDOW_MS
}
