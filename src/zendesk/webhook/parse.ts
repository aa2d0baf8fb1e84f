import { z } from 'zod'
import type { CommentId, TicketId, ZendeskUserId } from '../../kernel/ids.ts'
import { firstIssue } from '../../outbound/read-answer.ts'
import { neededStatus, optionalStatus } from '../ticket-status.ts'
import { neededId, neededInstant, optionalFlag, optionalId, optionalText, toFlag } from '../wire.ts'
import { eventDetail } from './event-detail.ts'
import { meaningOf, type TicketEventMeaning } from './event-types.ts'
import type { EventComment, TicketEventFields, ZendeskEvent } from './zendesk-event.ts'

/**
 * Reads the parsed JSON of a delivery whose signature has been verified. Never throws, for any
 * JSON. A wrong or missing field that nobody needs is null; one that is needed makes the event
 * `unreadable`, with its path.
 *
 * https://developer.zendesk.com/api-reference/webhooks/event-types/webhook-event-types/
 */
export function parseZendeskEvent(json: unknown): ZendeskEvent {
  const head = headSchema.safeParse(json)
  if (!head.success) {
    return { kind: 'unreadable', type: '', eventId: null, problem: firstIssue(head.error) }
  }

  const { type, id: eventId } = head.data
  const meaning = meaningOf(type)
  if (meaning === null) return { kind: 'unsupported', type, eventId }

  const parsed = SCHEMA_OF[meaning].safeParse(json)
  if (parsed.success) return parsed.data
  return { kind: 'unreadable', type, eventId, problem: firstIssue(parsed.error) }
}

const headSchema = z.looseObject({ type: z.string(), id: optionalText })

const sequence = z
  .looseObject({ meta: z.looseObject({ sequence: z.looseObject({ id: optionalText }) }) })
  .transform((event) => event.meta.sequence.id)
  .catch(null)

const envelope = {
  type: z.string(),
  id: z.string().min(1),
  account_id: neededId(),
  time: neededInstant,
  detail: eventDetail,
}

type Envelope = z.output<z.ZodObject<typeof envelope>>

function fieldsOf(wire: Envelope, event: unknown): TicketEventFields {
  return {
    eventId: wire.id,
    accountId: wire.account_id,
    type: wire.type,
    at: wire.time,
    sequenceId: sequence.parse(event),
    actorId: wire.detail.actorId,
    ticket: wire.detail.ticket,
  }
}

/** For the kinds of which nothing but the envelope is read. */
function bare<Kind extends 'ticket_created' | 'ticket_deleted' | 'ticket_changed'>(kind: Kind) {
  return z
    .looseObject({ ...envelope, event: z.unknown().optional() })
    .transform((wire) => ({ kind, ...fieldsOf(wire, wire.event) }))
}

const statusChanged = z
  .looseObject({
    ...envelope,
    event: z.looseObject({ previous: optionalStatus, current: neededStatus }),
  })
  .transform((wire) => ({
    kind: 'ticket_status_changed' as const,
    ...fieldsOf(wire, wire.event),
    previous: wire.event.previous,
    current: wire.event.current,
  }))

/** Never guessed: an internal note taken for an answer would reach a customer's phone. */
const neededFlag = z
  .unknown()
  .optional()
  .transform((raw, context): boolean => {
    const flag = toFlag(raw)
    if (flag !== null) return flag
    context.addIssue({
      code: 'custom',
      message: raw === undefined ? 'missing' : 'not true or false',
    })
    return z.NEVER
  })

const NOBODY = { id: null, is_staff: null, name: null }

const comment = z
  .looseObject({
    id: neededId<CommentId>(),
    body: z.string(),
    is_public: neededFlag,
    author: z
      .looseObject({ id: optionalId<ZendeskUserId>(), is_staff: optionalFlag, name: optionalText })
      .catch(NOBODY),
  })
  .transform(
    (wire): EventComment => ({
      id: wire.id,
      body: wire.body,
      isPublic: wire.is_public,
      authorId: wire.author.id,
      authorIsStaff: wire.author.is_staff,
      authorName: wire.author.name,
    }),
  )

const commentAdded = z
  .looseObject({ ...envelope, event: z.looseObject({ comment }) })
  .transform((wire) => ({
    kind: 'comment_added' as const,
    ...fieldsOf(wire, wire.event),
    comment: wire.event.comment,
  }))

const merged = z
  .looseObject({ ...envelope, event: z.looseObject({ target_ticket_id: neededId<TicketId>() }) })
  .transform((wire) => ({
    kind: 'ticket_merged' as const,
    ...fieldsOf(wire, wire.event),
    intoTicketId: wire.event.target_ticket_id,
  }))

const SCHEMA_OF: Readonly<Record<TicketEventMeaning, z.ZodType<ZendeskEvent>>> = {
  ticket_created: bare('ticket_created'),
  ticket_status_changed: statusChanged,
  comment_added: commentAdded,
  ticket_merged: merged,
  ticket_deleted: bare('ticket_deleted'),
  ticket_changed: bare('ticket_changed'),
}
