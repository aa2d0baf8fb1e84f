import { z } from 'zod'
import type { CommentId, TicketId, ZendeskUserId } from '../kernel/ids.ts'
import { ok, type Result } from '../kernel/result.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { type JsonAnswer, readAnswer } from '../outbound/read-answer.ts'
import { itemsUnder, readList } from './pages.ts'
import { type Ticket, ticketSchema } from './ticket.ts'
import { commentPageSchema, type TicketComment, toTicketComments } from './ticket-comment.ts'
import { type TicketChange, type TicketDraft, toWireChange, toWireDraft } from './ticket-draft.ts'
import {
  type TicketWithPeople,
  ticketWithPeopleSchema,
  toTicketWithPeople,
} from './ticket-with-people.ts'
import type { ZendeskTransport } from './transport.ts'
import { optionalId } from './wire.ts'

/** A ticket after a write, and the comment that the write made, if any. */
export type WrittenTicket = { readonly ticket: Ticket; readonly commentId: CommentId | null }

/** https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/ */
export type Tickets = {
  /**
   * Creates a ticket. Repeating with the same key and body within two hours gives the first
   * answer again; with another body it is refused (`isIdempotencyMismatch`).
   */
  create(draft: TicketDraft, idempotencyKey: string): Promise<Result<WrittenTicket, ApiProblem>>
  /**
   * Changes a ticket. Not idempotent: after `touched: 'maybe'` read the comments first. Tags are
   * added by a call of their own before the change, so a problem there means no comment was made; for tags alone use `addTags`.
   */
  update(id: TicketId, change: TicketChange): Promise<Result<WrittenTicket, ApiProblem>>
  /** Adds tags and removes none. Idempotent. */
  addTags(id: TicketId, tags: readonly string[]): Promise<Result<null, ApiProblem>>
  /** Reads a ticket with its people, as of now; works for closed and archived tickets too. */
  show(id: TicketId): Promise<Result<TicketWithPeople, ApiProblem>>
  /** The requester's newest 100 tickets by last update. Unlike search, it does not lag. */
  requestedBy(userId: ZendeskUserId): Promise<Result<readonly Ticket[], ApiProblem>>
  /** The account's newest tickets by number, of every brand the identity may see. */
  newest(limit: number): Promise<Result<readonly Ticket[], ApiProblem>>
  /** The newest comments first, internal notes among them; at most `limit`. */
  comments(id: TicketId, limit: number): Promise<Result<readonly TicketComment[], ApiProblem>>
}

/** Binds the ticket calls to one account. */
export function createTickets(transport: ZendeskTransport): Tickets {
  async function addTags(id: TicketId, tags: readonly string[]): Promise<Result<null, ApiProblem>> {
    const path = `/api/v2/tickets/${id}/tags`
    const answer = await transport.send({ method: 'PUT', path, body: { tags } })
    return answer.ok ? ok(null) : answer
  }

  return {
    async create(draft, idempotencyKey) {
      const body = toWireDraft(draft)
      return readWritten(
        await transport.send({ method: 'POST', path: '/api/v2/tickets', body, idempotencyKey }),
      )
    },

    async update(id, { addTags: tags = [], ...change }) {
      const tagged = tags.length === 0 ? ok(null) : await addTags(id, tags)
      if (!tagged.ok) return tagged

      const body = toWireChange(change)
      return readWritten(
        await transport.send({ method: 'PUT', path: `/api/v2/tickets/${id}`, body }),
      )
    },

    addTags,

    async show(id) {
      const query = { include: 'users,groups,brands' }
      const answer = await transport.send({ method: 'GET', path: `/api/v2/tickets/${id}`, query })
      if (!answer.ok) return answer
      const read = readAnswer(ticketWithPeopleSchema, answer.value)
      return read.ok ? ok(toTicketWithPeople(read.value, transport.baseUrl)) : read
    },

    requestedBy(userId) {
      return readList(transport, {
        path: `/api/v2/users/${userId}/tickets/requested`,
        query: { sort: '-updated_at' },
        toItems: itemsUnder('tickets', ticketSchema),
        limit: 100,
      })
    },

    newest: (limit) =>
      readList(transport, {
        path: '/api/v2/tickets',
        query: { sort: '-id' },
        toItems: itemsUnder('tickets', ticketSchema),
        limit,
      }),

    comments(id, limit) {
      return readList(transport, {
        path: `/api/v2/tickets/${id}/comments`,
        query: { sort: '-created_at', include: 'users' },
        toItems: readComments,
        limit,
      })
    },
  }
}

const writtenSchema = z.looseObject({
  ticket: ticketSchema,
  audit: z
    .looseObject({
      events: z
        .array(z.looseObject({ type: z.unknown().optional(), id: optionalId<CommentId>() }))
        .catch([]),
    })
    .catch({ events: [] }),
})

/** The audit's `Comment` event has the comment's own id (seen in recorded traffic). */
function readWritten(answer: Result<JsonAnswer, ApiProblem>): Result<WrittenTicket, ApiProblem> {
  if (!answer.ok) return answer
  const read = readAnswer(writtenSchema, answer.value)
  if (!read.ok) return read

  const { ticket, audit } = read.value
  const comment = audit.events.find(({ type }) => type === 'Comment')
  return ok({ ticket, commentId: comment?.id ?? null })
}

function readComments(answer: JsonAnswer): Result<readonly TicketComment[], ApiProblem> {
  const page = readAnswer(commentPageSchema, answer)
  return page.ok ? ok(toTicketComments(page.value)) : page
}
