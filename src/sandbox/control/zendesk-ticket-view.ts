import { presentAudit, presentComment } from '../zendesk/api/present.ts'
import type { ZendeskEmulator } from '../zendesk/app.ts'
import type { User } from '../zendesk/entities/people.ts'
import type { Comment, TicketRecord } from '../zendesk/entities/tickets.ts'

/** A ticket with names in place of ids; without what it holds. */
export function toTicketSummary(zendesk: ZendeskEmulator, record: TicketRecord) {
  const { store } = zendesk
  const { ticket } = record
  const assignee = ticket.assignee_id === null ? undefined : store.users.get(ticket.assignee_id)
  const group = ticket.group_id === null ? undefined : store.groups.get(ticket.group_id)
  return {
    ...zendesk.present.ticket(record),
    brand: store.brands.get(ticket.brand_id)?.name ?? null,
    group: group?.name ?? null,
    assignee: toPerson(assignee),
    requester: toPerson(store.users.get(ticket.requester_id)),
    comment_count: record.comments.length,
  }
}

/** The same with comments and audits, oldest first. */
export function toWholeTicket(zendesk: ZendeskEmulator, record: TicketRecord) {
  const toComment = (comment: Comment) => ({
    ...presentComment(comment, zendesk.doubts),
    author: toAuthor(zendesk.store.users.get(comment.author_id)),
  })
  return {
    ...toTicketSummary(zendesk, record),
    comments: record.comments.map(toComment),
    audits: record.audits.map(presentAudit),
  }
}

function toPerson(user: User | undefined) {
  if (user === undefined) return null
  const { id, name, email, phone } = user
  return { id, name, email, phone }
}

function toAuthor(user: User | undefined) {
  if (user === undefined) return null
  const { id, name, email, role } = user
  return { id, name, email, role }
}
