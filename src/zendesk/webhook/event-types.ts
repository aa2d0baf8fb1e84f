/** What a ticket event means to us, by its type's last part. */
export type TicketEventMeaning =
  | 'ticket_created'
  | 'ticket_status_changed'
  | 'comment_added'
  | 'ticket_merged'
  | 'ticket_deleted'
  | 'ticket_changed'

const PREFIX = 'zen:event-type:ticket.'

/** The ticket event types we act on, in the form a webhook subscribes to. */
export const SUBSCRIBED_EVENT_TYPES = [
  'zen:event-type:ticket.created',
  'zen:event-type:ticket.status_changed',
  'zen:event-type:ticket.comment_added',
  'zen:event-type:ticket.merged',
  'zen:event-type:ticket.soft_deleted',
  'zen:event-type:ticket.permanently_deleted',
] as const

const MEANING_OF: Readonly<Record<string, TicketEventMeaning>> = {
  created: 'ticket_created',
  status_changed: 'ticket_status_changed',
  comment_added: 'comment_added',
  merged: 'ticket_merged',
  soft_deleted: 'ticket_deleted',
  permanently_deleted: 'ticket_deleted',
}

/**
 * The other documented ticket events. They share the envelope; nothing of their own is read.
 * https://developer.zendesk.com/api-reference/webhooks/event-types/ticket-events/
 */
const OTHER_CHANGES: ReadonlySet<string> = new Set(
  `agent_assignment_changed attachment_linked_to_comment attachment_redacted_from_comment
  brand_changed comment_made_private comment_redacted csat_received csat_requested
  custom_field_changed custom_status_changed description_changed email_ccs_changed
  external_id_changed followers_changed form_changed group_assignment_changed marked_as_spam
  next_sla_breach_changed ola_policy_changed organization_changed priority_changed
  problem_link_changed requester_changed schedule_changed sla_policy_changed subject_changed
  submitter_changed tags_changed task_due_at_changed type_changed undeleted`.split(/\s+/),
)

/** The meaning of a full event type name, in any case; null when it is none of the ticket events. */
export function meaningOf(type: string): TicketEventMeaning | null {
  const name = type.toLowerCase()
  if (!name.startsWith(PREFIX)) return null
  const change = name.slice(PREFIX.length)
  if (Object.hasOwn(MEANING_OF, change)) return MEANING_OF[change] ?? null
  return OTHER_CHANGES.has(change) ? 'ticket_changed' : null
}
