import { ownAddress } from '../account.ts'
import type { User } from '../entities/people.ts'
import type { TicketRecord } from '../entities/tickets.ts'
import type { ZendeskStore } from '../store.ts'

type Scene = {
  readonly store: ZendeskStore
  readonly record: TicketRecord
  /** Null when the system acts. */
  readonly currentUser: User | null
}

const PLACEHOLDER = /\{\{\s*([\w.]+)\s*(?:\|\s*(json)\s*)?\}\}/g

/**
 * Fills `{{…}}` as Zendesk does in macros, rules and agents' comments. A name that Zendesk does not
 * have becomes nothing, as in Liquid; so does one that the sandbox does not know. Of Liquid's filters
 * only `json` is known.
 */
export function fillPlaceholders(text: string, scene: Scene): string {
  if (!text.includes('{{')) return text
  const values = placeholderValues(scene)
  return text.replace(PLACEHOLDER, (_whole, name: string, filter?: string) => {
    const value = values[name] ?? ''
    return filter === 'json' ? JSON.stringify(value) : value
  })
}

function placeholderValues({ store, record, currentUser }: Scene): Record<string, string> {
  const { ticket, comments } = record
  const requester = store.users.get(ticket.requester_id)
  const assignee = ticket.assignee_id === null ? undefined : store.users.get(ticket.assignee_id)
  const group = ticket.group_id === null ? undefined : store.groups.get(ticket.group_id)
  return {
    'ticket.id': String(ticket.id),
    'ticket.title': ticket.subject ?? '',
    'ticket.description': ticket.description,
    'ticket.status': ticket.status,
    'ticket.priority': ticket.priority ?? '',
    'ticket.external_id': ticket.external_id ?? '',
    'ticket.tags': ticket.tags.join(' '),
    'ticket.account': store.account.name,
    'ticket.brand.name': store.brands.get(ticket.brand_id)?.name ?? '',
    'ticket.group.name': group?.name ?? '',
    'ticket.link': `${ownAddress(store.account)}/agent/tickets/${ticket.id}`,
    'ticket.latest_comment': comments.at(-1)?.body ?? '',
    'ticket.latest_public_comment': comments.findLast((comment) => comment.public)?.body ?? '',
    ...person('ticket.requester', requester),
    ...person('ticket.assignee', assignee),
    ...person('current_user', currentUser ?? undefined),
  }
}

function person(prefix: string, user: User | undefined): Record<string, string> {
  const name = user?.name ?? ''
  return {
    [`${prefix}.name`]: name,
    [`${prefix}.first_name`]: name.split(' ')[0] ?? '',
    [`${prefix}.last_name`]: name.split(' ').slice(1).join(' '),
    [`${prefix}.email`]: user?.email ?? '',
    [`${prefix}.phone`]: user?.phone ?? '',
  }
}
