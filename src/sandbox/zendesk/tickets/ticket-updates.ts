import { type Actor, actsAsStaff } from '../actor.ts'
import {
  closedTicket,
  invalidField,
  isProblem,
  needsAssignee,
  notEmulated,
  notFound,
  type Problem,
  updateConflict,
} from '../api/errors.ts'
import { asFields, type Fields } from '../api/wire.ts'
import type { Ticket, TicketRecord } from '../entities/tickets.ts'
import { findTicket, type ZendeskStore } from '../store.ts'
import type { NewComment } from './comment-record.ts'
import { applyPatch, type TicketPatch } from './ticket-changes.ts'
import type { Commit } from './ticket-commit.ts'
import { type CommentInput, readComment, readTicketPatch } from './ticket-input.ts'
import type { TicketParts, Written } from './ticket-parts.ts'
import { refusesUploads } from './uploads.ts'

const MOST_COMMENTS = 5_000

export type TicketChange = {
  readonly record: TicketRecord
  readonly patch: TicketPatch
  /** Its author is the actor unless it names another. */
  readonly comment: CommentInput | null
  readonly actor: Actor
  readonly metadata?: Fields
  readonly without?: Exclude<Commit['without'], undefined>
  readonly alsoHappened?: Exclude<Commit['alsoHappened'], undefined>
}

/**
 * `given` is the `ticket` object of the request.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#update-ticket
 */
export function updateTicket(
  parts: TicketParts,
  id: number | null,
  given: Fields,
  actor: Actor,
): Written | Problem {
  const record = findTicket(parts.store, id)
  if (record === null) return notFound()
  const problem = refusesUpdate(record, given)
  if (problem !== null) return problem
  const patch = readTicketPatch(parts.store, parts.users, given)
  if (isProblem(patch)) return patch
  const comment = readComment(given.comment)
  const metadata = asFields(given.metadata)
  return changeTicket(parts, { record, patch, comment, actor, metadata })
}

function refusesUpdate({ ticket, comments }: TicketRecord, given: Fields): Problem | null {
  if (ticket.status === 'closed') return closedTicket()
  // `safe_update: false` guards as well; only leaving it out does not.
  const isGuarded = given.safe_update !== undefined
  if (isGuarded && given.updated_stamp !== ticket.updated_at) return updateConflict()
  if (given.status === 'new' && ticket.status !== 'new') {
    return notEmulated('how Zendesk refuses to set a ticket back to new')
  }
  const isFull = comments.length >= MOST_COMMENTS && given.comment !== undefined
  return isFull ? invalidField('base', 'Ticket: has too many comments') : null
}

/** What `updateTicket` does once the request is understood; for callers that hold a patch. */
export function changeTicket(
  { store, commit }: TicketParts,
  { patch, comment, ...rest }: TicketChange,
): Written | Problem {
  const { record, actor, metadata = {} } = rest
  const said = comment === null ? null : withAuthor(store, comment, record, actor)
  if (isProblem(said)) return said

  const before = record.ticket
  const reopens = said !== null && patch.status === undefined && reopensFor(actor, before)
  const ticket = applyPatch(store, before, reopens ? { ...patch, status: 'open' } : patch)
  const isSolving = ticket.status === 'solved' && before.status !== 'solved'
  if (isSolving && ticket.assignee_id === null) return needsAssignee()

  record.ticket = ticket
  const audit = commit({ ...rest, before, comment: said, metadata })
  return { record, audit }
}

/** A comment that does not say whether it is public is as public as the ticket. */
function withAuthor(
  store: ZendeskStore,
  comment: CommentInput,
  { ticket }: TicketRecord,
  actor: Actor,
): NewComment | Problem {
  const author_id = comment.author_id ?? actor.user?.id
  if (author_id === undefined || !store.users.has(author_id)) {
    return invalidField('author', 'Author: is invalid', 'InvalidValue')
  }
  const problem = refusesUploads(store, comment.uploads ?? [])
  return problem ?? { ...comment, author_id, public: comment.public ?? ticket.is_public }
}

/** Whether an end user's own comment reopens: support article 4408894213018. */
function reopensFor(actor: Actor, ticket: Ticket): boolean {
  const isWaiting = ['pending', 'hold', 'solved'].includes(ticket.status)
  return isWaiting && actor.user !== null && !actsAsStaff(actor)
}
