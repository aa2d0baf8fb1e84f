import { randomInt, randomUUID } from 'node:crypto'
import { type Actor, actorId } from '../actor.ts'
import type { ZendeskDoubts } from '../doubts.ts'
import type { User } from '../entities/people.ts'
import type { Comment, Ticket } from '../entities/tickets.ts'
import type { FieldChange } from '../tickets/ticket-changes.ts'

/** What happened, before it is dressed as a delivery. `body` becomes `event`. */
export type TicketHappening = {
  readonly type: string
  readonly body: Readonly<Record<string, unknown>>
}

type Envelope = {
  /** The number of the account. */
  readonly account: number
  readonly ticket: Ticket
  readonly actor: Actor
  readonly happening: TicketHappening
  readonly now: number
  readonly sequence: { readonly id: string; readonly position: number }
}

/** REST says `api` and `email` where events say what the list of via types says. */
const EVENT_CHANNELS: Readonly<Record<string, string>> = { api: 'web_service', email: 'mail' }

/**
 * The whole body as Zendesk prints it: three spaces and a newline at the end.
 * https://developer.zendesk.com/api-reference/webhooks/event-types/ticket-events/
 */
export function toEventBody(envelope: Envelope, doubts: ZendeskDoubts): string {
  const { ticket, happening, now, sequence } = envelope
  const body = {
    account_id: envelope.account,
    zendesk_event_version: '2022-11-06',
    type: happening.type,
    id: randomUUID(),
    subject: `zen:ticket:${ticket.id}`,
    time: withNanoseconds(now),
    detail: toDetail(envelope, doubts),
    event: { ...happening.body, meta: { sequence } },
  }
  return `${JSON.stringify(body, null, 3)}\n`
}

/** Custom fields and the requester's name and addresses are not part of events. */
function toDetail({ ticket, actor }: Envelope, doubts: ZendeskDoubts): Record<string, unknown> {
  const isEmpty = doubts.missingAs() === 'empty'
  const id = (value: number | null) => (value === null ? (isEmpty ? '0' : null) : String(value))
  const text = (value: string | null) => value ?? (isEmpty ? '' : null)
  const word = (value: string | null) => text(value === null ? null : enumWord(value, doubts))
  return {
    actor_id: String(actorId(actor)),
    assignee_id: id(ticket.assignee_id),
    brand_id: id(ticket.brand_id),
    created_at: ticket.created_at,
    custom_status: id(ticket.custom_status_id),
    description: ticket.description,
    external_id: text(ticket.external_id),
    form_id: id(null),
    group_id: id(ticket.group_id),
    id: String(ticket.id),
    is_public: ticket.is_public,
    organization_id: id(ticket.organization_id),
    priority: word(ticket.priority),
    requester_id: id(ticket.requester_id),
    status: word(ticket.status),
    subject: text(ticket.subject),
    submitter_id: id(ticket.submitter_id),
    tags: doubts.tagsAs() === 'array' ? ticket.tags : ticket.tags.join(' '),
    type: word(ticket.type),
    updated_at: ticket.updated_at,
    via: { channel: EVENT_CHANNELS[ticket.via.channel] ?? ticket.via.channel },
  }
}

export function commentAdded(comment: Comment, author: User | undefined): TicketHappening {
  const is_staff = author !== undefined && author.role !== 'end-user'
  return {
    type: 'zen:event-type:ticket.comment_added',
    body: {
      comment: {
        id: String(comment.id),
        body: comment.body,
        is_public: comment.public,
        author: { id: String(comment.author_id), is_staff, name: author?.name ?? '' },
      },
    },
  }
}

export const created: TicketHappening = { type: 'zen:event-type:ticket.created', body: {} }

export const softDeleted: TicketHappening = {
  type: 'zen:event-type:ticket.soft_deleted',
  body: {},
}

export const undeleted: TicketHappening = { type: 'zen:event-type:ticket.undeleted', body: {} }

export function mergedInto(targetId: number): TicketHappening {
  return { type: 'zen:event-type:ticket.merged', body: { target_ticket_id: String(targetId) } }
}

const CHANGE_TYPES: Readonly<Record<string, string>> = {
  status: 'status_changed',
  custom_status_id: 'custom_status_changed',
  assignee_id: 'agent_assignment_changed',
  group_id: 'group_assignment_changed',
  requester_id: 'requester_changed',
  brand_id: 'brand_changed',
  organization_id: 'organization_changed',
  external_id: 'external_id_changed',
  subject: 'subject_changed',
  priority: 'priority_changed',
  type: 'type_changed',
}

/** One happening per changed field. Custom fields and ratings are left out: their body is unknown. */
export function toHappenings(
  changes: readonly FieldChange[],
  doubts: ZendeskDoubts,
): TicketHappening[] {
  return changes.flatMap((change) => {
    if (change.field === 'tags') return [tagsChanged(change)]
    const type = CHANGE_TYPES[change.field]
    if (type === undefined) return []
    const body = { current: spelt(change.value), previous: spelt(change.previous) }
    return [{ type: `zen:event-type:ticket.${type}`, body }]

    function spelt(value: unknown): string | null {
      if (value === null || value === undefined) return null
      const isEnum = ['status', 'priority', 'type'].includes(change.field)
      return isEnum ? enumWord(String(value), doubts) : String(value)
    }
  })
}

function tagsChanged({ previous, value }: FieldChange): TicketHappening {
  const before = Array.isArray(previous) ? previous : []
  const after = Array.isArray(value) ? value : []
  const tags_added = after.filter((tag) => !before.includes(tag))
  const tags_removed = before.filter((tag) => !after.includes(tag))
  return { type: 'zen:event-type:ticket.tags_changed', body: { tags_added, tags_removed } }
}

function enumWord(value: string, doubts: ZendeskDoubts): string {
  const spelling = doubts.enumCase()
  if (spelling === 'upper') return value.toUpperCase()
  return spelling === 'lower' ? value : value.charAt(0).toUpperCase() + value.slice(1)
}

function withNanoseconds(ms: number): string {
  const rest = String(randomInt(1_000_000)).padStart(6, '0')
  return new Date(ms).toISOString().replace('Z', `${rest}Z`)
}
