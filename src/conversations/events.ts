import type {
  CommentId,
  KlaviyoEventId,
  ProfileId,
  TicketId,
  ZendeskUserId,
} from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'

/** How the customer and the brand write to each other. */
export type Channel = 'sms' | 'whatsapp'

/** A customer wrote to a brand's number. Klaviyo calls this metric "Sent …": the profile is its subject. */
export type CustomerMessageReceived = {
  readonly kind: 'customer_message_received'
  readonly messageId: KlaviyoEventId
  readonly channel: Channel
  readonly body: string
  readonly customerNumber: string
  /** The number that was texted; null when Klaviyo did not say. */
  readonly brandNumber: string | null
  readonly profileId: ProfileId
  readonly at: Instant
}

/** A comment appeared on a ticket, by whomever. */
export type CommentAdded = {
  readonly kind: 'comment_added'
  readonly ticketId: TicketId
  readonly commentId: CommentId
  readonly body: string
  readonly isPublic: boolean
  readonly authorIsStaff: boolean | null
  /** Whose ticket it was when the comment was written. */
  readonly requesterId: ZendeskUserId | null
  readonly at: Instant
}

export type ConsentChanged = {
  readonly kind: 'consent_changed'
  readonly profileId: ProfileId
  readonly to: 'given' | 'withdrawn'
  readonly at: Instant
}

/** What became of a text of ours, told to the ticket by the other lane. */
export type TextOutcome = {
  readonly kind: 'text_outcome'
  readonly ticketId: TicketId
  readonly outcome: 'failed' | 'unknown' | 'refused' | 'other_number' | 'delivered_after_all'
  /** In words for the agent; no phone number in it. */
  readonly why: string
  readonly textStart: string
  readonly at: Instant
}
