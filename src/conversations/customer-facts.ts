import type { ZendeskUserId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'

/** The profile as Klaviyo gave it. */
export type ProfileFacts = {
  readonly firstName: string | null
  readonly lastName: string | null
  readonly email: string | null
  readonly consent: 'SUBSCRIBED' | 'UNSUBSCRIBED' | 'NEVER_SUBSCRIBED'
  /** When that consent was given or withdrawn; null when Klaviyo does not say. */
  readonly consentAt: Instant | null
}

/** What is gathered before a customer's text is decided on. */
export type CustomerFacts = {
  /** `unverified`: Klaviyo could not be read in time, so the event alone is known. */
  readonly profile:
    | { readonly kind: 'known'; readonly facts: ProfileFacts }
    | { readonly kind: 'unverified' }
    | { readonly kind: 'not_needed' }
  /** The last consent event of this profile that reached us. */
  readonly lastConsent: { readonly to: 'given' | 'withdrawn'; readonly at: Instant } | null
  /** When a flow last texted this profile. */
  readonly flowMessageAt: Instant | null
  /** When the same customer next sent a text that is a keyword as a whole; it explains a later consent change. */
  readonly nextKeywordAt: Instant | null
  readonly zendeskUserId: ZendeskUserId | null
}
