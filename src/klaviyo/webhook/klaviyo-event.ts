import type { KlaviyoEventId, MetricId, ProfileId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { MessageChannel } from './event-types.ts'

/** What every event carries. */
export type EventFields = {
  /** Unique in the account; the same through webhook and API, and in every repeated delivery. */
  readonly eventId: KlaviyoEventId
  /** The webhook topic, or the metric's name for an event read through the API. */
  readonly topic: string
  /** Whole seconds, by Klaviyo's clock; processing may be minutes late. */
  readonly at: Instant
  readonly profileId: ProfileId | null
  readonly metricId: MetricId | null
  /** The event's properties as sent. */
  readonly properties: Readonly<Record<string, unknown>>
}

/**
 * The campaign or flow a message came from; null when no such property is there, as is expected
 * of a conversation's own message (inferred, so never the only proof).
 */
export type MarketingOrigin = {
  readonly message: string | null
  readonly flow: string | null
  readonly campaignName: string | null
  readonly messageName: string | null
} | null

/** A message that Klaviyo sent. Numbers are E.164, a short code, or a sender name. */
export type OutgoingMessage = {
  readonly channel: MessageChannel
  readonly body: string | null
  readonly from: string | null
  readonly to: string | null
  readonly marketing: MarketingOrigin
  /** `Delivered` or `Sent`. https://help.klaviyo.com/hc/en-us/articles/360035345572 */
  readonly carrierStatus: string | null
}

/**
 * One event, read once. The profile is the subject of Klaviyo's names: its *Sent* is our
 * `customer_message`, its *Received* our `message_delivered`.
 */
export type KlaviyoEvent =
  | (EventFields & {
      readonly kind: 'customer_message'
      readonly channel: MessageChannel
      readonly body: string
      readonly from: string
      readonly to: string | null
    })
  | (EventFields & OutgoingMessage & { readonly kind: 'message_delivered' })
  | (EventFields &
      OutgoingMessage & {
        readonly kind: 'message_failed'
        readonly failureType: string | null
        readonly failureSource: string | null
      })
  | (EventFields & OutgoingMessage & { readonly kind: 'auto_response_delivered' })
  /** Marketing consent by text was given; `method` as sent. */
  | (EventFields & { readonly kind: 'consent_given'; readonly method: string | null })
  | (EventFields & { readonly kind: 'consent_withdrawn' })
  /** A topic we do not act on. */
  | {
      readonly kind: 'unsupported'
      readonly topic: string
      readonly eventId: KlaviyoEventId | null
    }
  /** A topic we want, in a shape we cannot use. `problem` is `path: what`, without values. */
  | {
      readonly kind: 'unreadable'
      readonly topic: string
      readonly eventId: KlaviyoEventId | null
      readonly problem: string
    }
