import { type Actor, actorId } from '../actor.ts'
import { asId, asTags, asText } from '../api/wire.ts'
import type { RuleAction } from '../entities/rules.ts'
import type { CustomFieldValue, Status, Ticket } from '../entities/tickets.ts'
import type { TicketPatch } from '../tickets/ticket-changes.ts'

type PatchFromAction = (value: unknown, ticket: Ticket, actor: Actor) => TicketPatch

/** https://developer.zendesk.com/documentation/ticketing/reference-guides/actions-reference/ */
const PATCHES: Readonly<Record<string, PatchFromAction>> = {
  status: (value) => ({ status: String(value) as Status }),
  custom_status_id: (value) => ({ custom_status_id: asId(value) ?? 0 }),
  priority: (value) => ({ priority: asText(value) }),
  type: (value) => ({ type: asText(value) }),
  subject: (value) => ({ subject: asText(value) }),
  group_id: (value) => ({ group_id: asId(value) }),
  brand_id: (value, ticket) => ({ brand_id: asId(value) ?? ticket.brand_id }),
  assignee_id: (value, _ticket, actor) => ({
    assignee_id: value === 'current_user' ? actorId(actor) : asId(value),
  }),
  current_tags: (value, ticket) => ({ tags: [...new Set([...ticket.tags, ...asTags(value)])] }),
  set_tags: (value) => ({ tags: asTags(value) }),
  remove_tags: (value, ticket) => {
    const removed = asTags(value)
    return { tags: ticket.tags.filter((tag) => !removed.includes(tag)) }
  },
}

const NOTIFICATIONS = ['notification_user', 'notification_webhook']
const CUSTOM_FIELD = /^custom_fields_(\d+)$/

export function isKnownAction({ field }: RuleAction): boolean {
  return field in PATCHES || CUSTOM_FIELD.test(field) || NOTIFICATIONS.includes(field)
}

/** The change an action makes to the ticket's fields; a notification changes none. */
export function patchOf({ field, value }: RuleAction, ticket: Ticket, actor: Actor): TicketPatch {
  const customId = CUSTOM_FIELD.exec(field)?.[1]
  if (customId !== undefined) {
    const change: CustomFieldValue = { id: Number(customId), value }
    return { custom_fields: [change] }
  }
  return PATCHES[field]?.(value, ticket, actor) ?? {}
}
