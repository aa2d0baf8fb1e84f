import type {
  CommentId,
  ConversationId,
  KlaviyoConversationId,
  ProfileId,
  TicketId,
  ZendeskBrandId,
  ZendeskUserId,
} from '../kernel/ids.ts'
import type { Reason } from './reasons.ts'

/** A user already known, or the one that an earlier effect of the same decision finds or makes. */
export type UserRef =
  | { readonly kind: 'known'; readonly userId: ZendeskUserId }
  | { readonly kind: 'from_effect'; readonly ordinal: number }

/** Finds or makes the customer's Zendesk user. Desired state: safe to repeat. */
export type EnsureEndUser = {
  readonly kind: 'ensure_end_user'
  readonly name: string
  readonly phone: string
  readonly email: string | null
  readonly externalId: string
}

/** Makes the conversation's ticket; handle: `Idempotency-Key` and `external_id`. */
export type CreateTicket = {
  readonly kind: 'create_ticket'
  readonly conversationId: ConversationId
  readonly requester: UserRef
  readonly subject: string
  readonly body: string
  readonly tags: readonly string[]
  readonly brandId: ZendeskBrandId | null
  /** True for a ticket that tells agents something: its first comment is internal and ours. */
  readonly isNote: boolean
}

/** Adds the customer's words as their own public comment and opens the ticket; handle: our mark. */
export type AddComment = {
  readonly kind: 'add_comment'
  readonly conversationId: ConversationId
  readonly ticketId: TicketId
  readonly author: UserRef
  readonly body: string
}

/** Adds an internal note, to the ticket named or to the one an earlier effect makes. */
export type AddNote = {
  readonly kind: 'add_note'
  readonly ticket:
    | { readonly kind: 'known'; readonly ticketId: TicketId }
    | { readonly kind: 'from_effect'; readonly ordinal: number }
  readonly body: string
  readonly addTags: readonly string[]
  /** Puts a solved ticket back before its assignee. */
  readonly reopens: boolean
}

/** Sends one text. No handle exists: an unanswered call is `unknown`, never repeated. */
export type SendText = {
  readonly kind: 'send_text'
  readonly conversationId: ConversationId
  readonly klaviyoConversationId: KlaviyoConversationId
  readonly profileId: ProfileId
  readonly ticketId: TicketId
  readonly commentId: CommentId
  readonly body: string
}

export type ConversationEffect = EnsureEndUser | CreateTicket | AddComment | AddNote | SendText

/** Something the agent must hear on the ticket; carried out by the lane toward Zendesk. */
export type Tell = {
  readonly outcome: 'failed' | 'unknown' | 'refused' | 'other_number' | 'delivered_after_all'
  readonly why: string
}

/** What was concluded, why, and what is to be written. Doing nothing has a reason too. */
export type Decision<Effect> = {
  readonly reason: Reason
  readonly effects: readonly Effect[]
  readonly tell?: Tell
}
