import { ownAddress } from '../zendesk/account.ts'
import type { TicketRecord } from '../zendesk/entities/tickets.ts'
import type { ZendeskStore } from '../zendesk/store.ts'
import type { NativeDoubts } from './doubts.ts'
import { originOf } from './mark.ts'

type Types = ReturnType<NativeDoubts['propertyTypes']>

/**
 * The fourteen properties of both ticket metrics, spelled as the help article prints them. That
 * what a ticket does not have is null is our choice.
 * https://help.klaviyo.com/hc/en-us/articles/115005253728
 */
export function toTicketProperties(
  store: ZendeskStore,
  record: TicketRecord,
  types: Types,
): Record<string, unknown> {
  const { ticket } = record
  const assignee = store.users.get(ticket.assignee_id ?? 0)
  return {
    Assignee_email: assignee?.email ?? null,
    Assignee_name: assignee?.name ?? null,
    Channel: originOf(record)?.channel ?? ticket.via.channel,
    Description: ticket.description,
    Group_name: store.groups.get(ticket.group_id ?? 0)?.name ?? null,
    Priority: ticket.priority,
    Subject: ticket.subject,
    Tags: ticket.tags,
    Type: ticket.type,
    Zendesk_url: `${ownAddress(store.account)}/agent/tickets/${ticket.id}`,
    Status: ticket.status,
    ...(types === 'zendesk' ? asZendeskHasThem(record) : asPlainValues(store, record)),
  }
}

function asZendeskHasThem({ ticket }: TicketRecord) {
  return { Fields: ticket.custom_fields, Ticket_id: ticket.id, Via: ticket.via }
}

function asPlainValues(store: ZendeskStore, { ticket }: TicketRecord) {
  const titled = ticket.custom_fields.map(({ id, value }) => [
    store.ticketFields.get(id)?.title ?? String(id),
    value,
  ])
  return {
    Fields: Object.fromEntries(titled),
    Ticket_id: String(ticket.id),
    Via: ticket.via.channel,
  }
}
