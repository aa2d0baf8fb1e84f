import { type Instant, MINUTE } from '../kernel/instant.ts'
import type { Policy } from './conversation.ts'
import type { CustomerFacts } from './customer-facts.ts'
import type { CustomerMessageReceived } from './events.ts'
import { couldBeKeyword, isOneWord, keywordReason } from './keywords.ts'
import type { Reason } from './reasons.ts'

/** A consent change this long after a text is still taken to be that text's doing. */
const CONSENT_WINDOW_MS = 2 * MINUTE

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
 * True when the writer's consent went with the text or right after it: Klaviyo matched an opt-out word
 * inside it, or a STOP followed. Either way they were subscribed when they wrote, so it is not lost.
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
  if (changedBy(message, facts, facts.lastConsent?.at ?? null)) return true
  const { profile } = facts
  return profile.kind === 'known' && changedBy(message, facts, profile.facts.consentAt)
}

/** Both times are Klaviyo's, in whole seconds, so a change is never written before the text that caused it. */
function isCausedBy(message: CustomerMessageReceived, at: Instant | null): boolean {
  return at !== null && at >= message.at && at <= message.at + CONSENT_WINDOW_MS
}

/** The same for a consent change, unless a keyword that came in between explains it better. */
function changedBy(
  message: CustomerMessageReceived,
  facts: CustomerFacts,
  at: Instant | null,
): boolean {
  const { nextKeywordAt } = facts
  const isExplained = nextKeywordAt !== null && at !== null && nextKeywordAt <= at
  return !isExplained && isCausedBy(message, at)
}
