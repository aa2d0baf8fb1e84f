import { type Actor, viaChannel } from '../actor.ts'
import { invalidField, isProblem, needsAssignee, type Problem } from '../api/errors.ts'
import { asFields, asId, type Fields, toWireTime } from '../api/wire.ts'
import type { User } from '../entities/people.ts'
import type { Ticket, TicketRecord } from '../entities/tickets.ts'
import { defaultBrand, findTicket, type ZendeskStore } from '../store.ts'
import { applyPatch } from './ticket-changes.ts'
import type { Commit } from './ticket-commit.ts'
import { readComment, readTicketPatch } from './ticket-input.ts'
import type { TicketParts, Written } from './ticket-parts.ts'
import { refusesUploads } from './uploads.ts'

type Creator = Actor & { readonly user: User }

/** Of an import: when it happened, and what hears nothing of it. */
type Circumstances = Pick<Commit, 'at' | 'without'>

/**
 * `given` is the `ticket` object of the request.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#create-ticket
 */
export function createTicket(
  parts: TicketParts,
  given: Fields,
  actor: Creator,
  circumstances: Circumstances = {},
): Written | Problem {
  const { store, users, commit } = parts
  const comment = readComment(given.comment ?? given.description)
  if (comment === null) {
    return invalidField('base', 'Description: cannot be blank', 'BlankValue')
  }
  const uploads = refusesUploads(store, comment.uploads ?? [])
  if (uploads !== null) return uploads
  const source = followedUp(store, given)
  if (isProblem(source)) return source
  const patch = readTicketPatch(store, users, given)
  if (isProblem(patch)) return patch
  const submitter = findSubmitter(store, given, actor.user, source)
  if (isProblem(submitter)) return submitter

  const requesterId = patch.requester_id ?? source?.ticket.requester_id ?? actor.user.id
  const people = { requester_id: requesterId, submitter_id: submitter.id }
  const ticket = applyPatch(
    store,
    blankTicket(parts, { ...people, at: circumstances.at }, actor, source),
    patch,
  )
  if (ticket.status === 'solved' && ticket.assignee_id === null) return needsAssignee()

  const record = openRecord(parts, ticket)
  source?.ticket.followup_ids.push(ticket.id)
  const first = { ...comment, author_id: submitter.id, public: comment.public ?? true }
  const metadata = asFields(given.metadata)
  const audit = commit({ ...circumstances, record, before: null, actor, comment: first, metadata })
  return { record, audit }
}

function openRecord({ store, world }: TicketParts, ticket: Ticket): TicketRecord {
  const record: TicketRecord = {
    ticket,
    comments: [],
    audits: [],
    generatedAt: world.clock.now(),
    statusReachedAt: {},
    deletedAt: null,
    deletedBy: null,
  }
  store.tickets.set(ticket.id, record)
  return record
}

/** Only closed tickets are followed up. */
function followedUp(store: ZendeskStore, given: Fields): TicketRecord | null | Problem {
  const id = asId(given.via_followup_source_id)
  if (id === null) return null
  const source = findTicket(store, id)
  if (source?.ticket.status === 'closed') return source
  return invalidField('via_followup_source_id', 'Follow-up source: is not a closed ticket')
}

/** The submitter writes the first comment; a follow-up ignores submitter_id. */
function findSubmitter(
  store: ZendeskStore,
  given: Fields,
  user: User,
  source: TicketRecord | null,
): User | Problem {
  const id = asId(given.submitter_id)
  if (id === null || source !== null) return user
  return store.users.get(id) ?? invalidField('submitter', 'Submitter: is invalid', 'InvalidValue')
}

function blankTicket(
  { store, world }: TicketParts,
  given: Pick<Ticket, 'requester_id' | 'submitter_id'> & { readonly at: number | undefined },
  actor: Actor,
  source: TicketRecord | null,
): Ticket {
  const { at = world.clock.now(), ...people } = given
  const created_at = toWireTime(at)
  return {
    ...NOTHING_SAID,
    id: store.nextTicketId(),
    ...people,
    brand_id: defaultBrand(store).id,
    tags: [],
    custom_fields: emptyCustomFields(store),
    via: viaOf(actor, source),
    followup_ids: [],
    via_followup_source_id: source?.ticket.id ?? null,
    created_at,
    updated_at: created_at,
  }
}

const NOTHING_SAID = {
  external_id: null,
  subject: null,
  description: '',
  status: 'new',
  custom_status_id: null,
  priority: null,
  type: null,
  assignee_id: null,
  group_id: null,
  organization_id: null,
  is_public: false,
  satisfaction_rating: null,
} as const

function viaOf(actor: Actor, source: TicketRecord | null): Ticket['via'] {
  if (source === null) return actor.via
  const via = viaChannel(actor.via.channel, 'follow_up')
  return { ...via, source: { ...via.source, from: { ticket_id: source.ticket.id } } }
}

function emptyCustomFields(store: ZendeskStore) {
  return [...store.ticketFields.values()]
    .filter((field) => field.is_custom)
    .map(({ id }) => ({ id, value: null as unknown }))
}
