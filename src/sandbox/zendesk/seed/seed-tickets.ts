import { viaChannel } from '../actor.ts'
import { toWireTime } from '../api/wire.ts'
import type { User } from '../entities/people.ts'
import type {
  Audit,
  AuditEvent,
  Comment,
  Status,
  Ticket,
  TicketRecord,
} from '../entities/tickets.ts'
import { indexRequester, type ZendeskStore } from '../store.ts'
import { toCommentText } from '../tickets/comment-text.ts'
import { addUser, type SeededCatalogue, seededUser } from './seed-catalogue.ts'

type SeededTicket = readonly [status: Status, name: string, subject: string, body: string]

const TICKETS: readonly SeededTicket[] = [
  ['new', 'Maja Lind', 'Where is my parcel?', 'I ordered two weeks ago and have heard nothing.'],
  ['new', 'Oskar Dahl', 'Wrong size', 'The jacket is too small. Can I change it?'],
  ['open', 'Ingrid Moe', 'Tent pole broken', 'One of the poles snapped on the first night.'],
  ['open', 'Jonas Vik', 'Invoice missing', 'Please send me the invoice for my last order.'],
  ['open', 'Sara Holm', 'Change my address', 'I have moved and need the parcel sent elsewhere.'],
  ['pending', 'Emil Strand', 'Refund', 'When will I get my money back?'],
  ['pending', 'Freja Berg', 'Boots leak', 'My new boots let water in.'],
  ['hold', 'Nils Aas', 'Out of stock', 'When will the green backpack return?'],
  ['solved', 'Tuva Sand', 'Discount code', 'The code from your letter does not work.'],
  ['solved', 'Leo Fors', 'Gift card', 'How do I use a gift card?'],
  ['closed', 'Signe Lund', 'Warranty', 'How long is the warranty on tents?'],
  ['closed', 'Axel Rud', 'Shop hours', 'Is the shop in Oslo open on Sundays?'],
]

const HOUR_MS = 3_600_000

type Seeding = {
  readonly store: ZendeskStore
  readonly nextId: () => number
  readonly catalogue: SeededCatalogue
}

/** A dozen e-mail tickets, numbers 1 to 12, in all statuses; each unsolved one is older than a day. */
export function seedTickets(seeding: Seeding, now: number): void {
  TICKETS.forEach(([status, name, subject, body], index) => {
    const createdAt = now - (48 + index * 7) * HOUR_MS
    const changedAt = createdAt + 20 * HOUR_MS
    const requester = addRequester(seeding, name, createdAt)
    const given = { id: index + 1, status, subject, requester, createdAt, changedAt }
    addTicket(seeding, toTicket(seeding, given), { author: requester, body, changedAt })
  })
}

function addTicket(
  seeding: Seeding,
  ticket: Ticket,
  { author, body, changedAt }: { author: User; body: string; changedAt: number },
): void {
  const { audit, comment } = firstAudit(seeding, ticket, { author, body })
  const record: TicketRecord = {
    ticket: { ...ticket, description: comment.plain_body },
    comments: [comment],
    audits: [audit],
    generatedAt: changedAt,
    statusReachedAt: { [ticket.status]: changedAt },
    deletedAt: null,
    deletedBy: null,
  }
  seeding.store.tickets.set(ticket.id, record)
  indexRequester(seeding.store, record)
}

function addRequester({ store, nextId }: Seeding, name: string, createdAt: number): User {
  const email = `${name.toLowerCase().replace(' ', '.')}@customer.example`
  const created_at = toWireTime(createdAt)
  const user = seededUser({ id: nextId(), name, email, role: 'end-user', created_at })
  addUser(store, nextId, user)
  return user
}

type Given = {
  readonly id: number
  readonly status: Status
  readonly subject: string
  readonly requester: User
  readonly createdAt: number
  readonly changedAt: number
}

function toTicket({ store, catalogue }: Seeding, given: Given): Ticket {
  const { id, status, subject, requester } = given
  const fields = [...store.ticketFields.values()].filter((field) => field.is_custom)
  return {
    id,
    external_id: null,
    subject,
    description: '',
    status,
    custom_status_id: customStatusOf(store, status),
    ...assignment(catalogue, given),
    requester_id: requester.id,
    submitter_id: requester.id,
    group_id: catalogue.support.id,
    organization_id: null,
    brand_id: catalogue.brands[id % catalogue.brands.length]?.id ?? 0,
    tags: ['email'],
    custom_fields: fields.map((field) => ({ id: field.id, value: null })),
    via: viaChannel('email'),
    is_public: true,
    followup_ids: [],
    via_followup_source_id: null,
    satisfaction_rating: null,
    created_at: toWireTime(given.createdAt),
    updated_at: toWireTime(given.changedAt),
  }
}

/** Nobody has looked at a new ticket yet. */
function assignment({ alva, bo }: SeededCatalogue, { id, status }: Given) {
  if (status === 'new') return { priority: null, type: null, assignee_id: null }
  return { priority: 'normal', type: 'question', assignee_id: (id % 2 === 0 ? alva : bo).id }
}

function customStatusOf({ customStatuses }: ZendeskStore, status: Status): number | null {
  const category = status === 'closed' ? 'solved' : status
  const all = [...customStatuses.values()]
  return all.find((one) => one.status_category === category && one.default)?.id ?? null
}

function firstAudit(
  { nextId }: Seeding,
  ticket: Ticket,
  { author, body }: { author: User; body: string },
) {
  const { created_at, via } = ticket
  const metadata = { system: { client: null, ip_address: '127.0.0.1' }, custom: {} }
  const auditId = nextId()
  const comment: Comment = {
    id: nextId(),
    type: 'Comment',
    author_id: author.id,
    ...toCommentText({ body }, { isStaff: false }),
    public: true,
    attachments: [],
    audit_id: auditId,
    via,
    created_at,
    metadata,
  }
  const { created_at: _createdAt, metadata: _metadata, ...event } = comment
  const events: AuditEvent[] = [
    event,
    { id: nextId(), type: 'Create', field_name: 'status', value: ticket.status },
  ]
  const head = { id: auditId, ticket_id: ticket.id, author_id: author.id, created_at, via }
  const audit: Audit = { ...head, metadata, events }
  return { audit, comment }
}
