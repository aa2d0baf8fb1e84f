import type { CommentId, TicketId, ZendeskBrandId, ZendeskUserId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { TicketStatus } from '../ticket-status.ts'

/** The ticket as it was when the event happened. Custom fields and people's names are not in it. */
export type EventTicket = {
  readonly id: TicketId
  /** Null when deleted, scrubbed, absent or a word we do not know. */
  readonly status: TicketStatus | null
  readonly brandId: ZendeskBrandId | null
  readonly requesterId: ZendeskUserId | null
  readonly assigneeId: ZendeskUserId | null
  readonly externalId: string | null
  readonly subject: string
  readonly tags: readonly string[]
  readonly viaChannel: string | null
  readonly createdAt: Instant | null
  readonly updatedAt: Instant | null
}

/** What every ticket event carries. */
export type TicketEventFields = {
  /** A UUID; the same in every repeated delivery of the event. */
  readonly eventId: string
  readonly accountId: string
  /** As on the wire, `zen:event-type:ticket.…`. */
  readonly type: string
  /** When it happened, by Zendesk's clock; a delivery may come minutes later. */
  readonly at: Instant
  /** Shared by the events of one action, whose order is not guaranteed. */
  readonly sequenceId: string | null
  /** Who did it. Through the API that is the token's identity, never proof of an echo. */
  readonly actorId: ZendeskUserId | null
  readonly ticket: EventTicket
}

/** A comment in an event: plain text, without its attachments. */
export type EventComment = {
  readonly id: CommentId
  /** Plain text; empty for a comment that is only an attachment. */
  readonly body: string
  readonly isPublic: boolean
  readonly authorId: ZendeskUserId | null
  readonly authorIsStaff: boolean | null
  readonly authorName: string | null
}

/**
 * A webhook's event, read once.
 * https://developer.zendesk.com/api-reference/webhooks/event-types/ticket-events/
 */
export type ZendeskEvent =
  | (TicketEventFields & { readonly kind: 'ticket_created' })
  | (TicketEventFields & {
      readonly kind: 'ticket_status_changed'
      readonly previous: TicketStatus | null
      /** Null when the ticket became deleted or scrubbed. */
      readonly current: TicketStatus | null
    })
  | (TicketEventFields & { readonly kind: 'comment_added'; readonly comment: EventComment })
  | (TicketEventFields & { readonly kind: 'ticket_merged'; readonly intoTicketId: TicketId })
  | (TicketEventFields & { readonly kind: 'ticket_deleted' })
  /** Any other documented ticket event; `type` says which. */
  | (TicketEventFields & { readonly kind: 'ticket_changed' })
  /** Not a ticket event, or one that did not exist when this was written. */
  | { readonly kind: 'unsupported'; readonly type: string; readonly eventId: string | null }
  /** An event we want, in a shape we cannot use. `problem` is `path: what`, without values. */
  | {
      readonly kind: 'unreadable'
      readonly type: string
      readonly eventId: string | null
      readonly problem: string
    }
