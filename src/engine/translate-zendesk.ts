import type { CommentAdded } from '../conversations/events.ts'
import type { IntakeRow } from '../db/records.ts'
import type { BridgeId, EventId, TicketId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { TicketEvent } from '../metrics/on-ticket-event.ts'
import type { ZendeskEvent } from '../zendesk/webhook/zendesk-event.ts'
import { contentKey } from './content-key.ts'
import { parseTicketExternalId } from './own-marks.ts'

type Translated = Pick<
  IntakeRow,
  'key' | 'ticketId' | 'commentId' | 'at' | 'ticketState' | 'work' | 'settled'
>

/** A Zendesk event as intake stores it: what identifies it, what it tells at once, what work it makes. `raw` must be storable. */
export function toIntakeRow(
  event: ZendeskEvent,
  raw: unknown,
  bridgeId: BridgeId,
  eventId: EventId,
  now: Instant,
): IntakeRow {
  return {
    eventId,
    bridgeId,
    source: 'zendesk',
    kind:
      event.kind === 'unsupported' || event.kind === 'unreadable'
        ? event.type || event.kind
        : event.kind,
    remoteId: event.eventId ?? eventId,
    payload: raw,
    customer: null,
    consent: null,
    flowMessageTo: null,
    marketing: null,
    ...translate(event, raw, now),
  }
}

function translate(event: ZendeskEvent, raw: unknown, now: Instant): Translated {
  switch (event.kind) {
    case 'unsupported':
    case 'unreadable':
      return {
        key: event.eventId === null ? contentKey(raw) : `event:${event.eventId}`,
        ticketId: null,
        commentId: null,
        at: now,
        ticketState: null,
        work: [],
        settled: event.kind,
      }
    case 'ticket_created':
      return {
        ...ofTicket(event),
        key: `created:${event.ticket.id}`,
        work: ['ticket_metric'],
        settled: null,
      }
    case 'ticket_status_changed':
      return event.current === 'closed'
        ? {
            ...ofTicket(event),
            // Closed is final, and Zendesk's feed gives the same closing another id.
            key: `closed:${event.ticket.id}`,
            work: ['ticket_metric'],
            settled: null,
          }
        : {
            ...ofTicket(event),
            key: `event:${event.eventId}`,
            work: [],
            settled: 'not_a_resolution',
          }
    case 'comment_added':
      return {
        ...ofTicket(event),
        key: `comment:${event.comment.id}`,
        commentId: event.comment.id,
        work: ['comment'],
        settled: null,
      }
    case 'ticket_merged':
    case 'ticket_deleted':
    case 'ticket_changed':
      return {
        ...ofTicket(event),
        key: `event:${event.eventId}`,
        work: [],
        settled: 'status_recorded',
      }
  }
}

/** What every ticket event tells: its ticket, its time, the ticket's status as of then. */
function ofTicket(
  event: Extract<ZendeskEvent, { ticket: unknown }>,
): Omit<Translated, 'key' | 'work' | 'settled'> {
  const status = event.kind === 'ticket_status_changed' ? event.current : event.ticket.status
  return {
    ticketId: event.ticket.id,
    commentId: null,
    at: event.at,
    ticketState: {
      ticketId: event.ticket.id,
      status,
      ours: parseTicketExternalId(event.ticket.externalId),
    },
  }
}

/** The comment of an event that intake filed as `comment` work. */
export function toCommentAdded(event: ZendeskEvent): CommentAdded {
  if (event.kind !== 'comment_added') throw new Error(`${event.kind} is not a comment`)
  const { comment, ticket } = event
  return {
    kind: 'comment_added',
    ticketId: ticket.id,
    commentId: comment.id,
    body: comment.body,
    isPublic: comment.isPublic,
    authorIsStaff: comment.authorIsStaff,
    requesterId: ticket.requesterId,
    at: event.at,
  }
}

/** The ticket's change of an event that intake filed as `ticket_metric` work. */
export function toTicketEvent(event: ZendeskEvent): TicketEvent & { readonly ticketId: TicketId } {
  if (event.kind !== 'ticket_created' && event.kind !== 'ticket_status_changed')
    throw new Error(`${event.kind} is no change of a ticket's life`)
  const current = event.kind === 'ticket_status_changed' ? event.current : null
  return {
    kind: event.kind,
    current,
    brandId: event.ticket.brandId,
    at: event.at,
    ticketId: event.ticket.id,
  }
}
