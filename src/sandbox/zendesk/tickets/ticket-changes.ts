import type { TicketField } from '../entities/account.ts'
import type { CustomFieldValue, Status, Ticket } from '../entities/tickets.ts'
import type { ZendeskStore } from '../store.ts'

/** The fields that a write or a rule may change; what is absent stays as it is. */
export type TicketPatch = {
  subject?: string | null
  status?: Status
  custom_status_id?: number
  priority?: string | null
  type?: string | null
  requester_id?: number
  assignee_id?: number | null
  group_id?: number | null
  organization_id?: number | null
  brand_id?: number
  external_id?: string | null
  tags?: string[]
  custom_fields?: CustomFieldValue[]
  satisfaction_rating?: { score: string; comment?: string }
}

export type FieldChange = {
  readonly field: string
  readonly previous: unknown
  readonly value: unknown
}

const PLAIN_FIELDS = [
  'subject',
  'priority',
  'type',
  'requester_id',
  'organization_id',
  'brand_id',
  'external_id',
  'satisfaction_rating',
] as const

const COMPARED_FIELDS = [
  ...PLAIN_FIELDS,
  'status',
  'custom_status_id',
  'assignee_id',
  'group_id',
  'tags',
] as const

/** The ticket after the patch, with the changes that Zendesk adds by itself. */
export function applyPatch(store: ZendeskStore, ticket: Ticket, patch: TicketPatch): Ticket {
  const given = PLAIN_FIELDS.filter((field) => patch[field] !== undefined)
  const plain = Object.fromEntries(given.map((field) => [field, patch[field]]))
  const next: Ticket = { ...ticket, ...plain, tags: patch.tags ?? ticket.tags }

  if (patch.group_id !== undefined) next.group_id = patch.group_id
  if (patch.assignee_id !== undefined) assign(store, next, patch.assignee_id)
  if (patch.custom_fields !== undefined) setCustomFields(store, next, patch.custom_fields)
  setStatus(store, next, patch)
  return next
}

/** Assigning moves a new ticket to open, and to a group that the agent is in. */
function assign(store: ZendeskStore, next: Ticket, assigneeId: number | null): void {
  next.assignee_id = assigneeId
  if (assigneeId === null) return
  if (next.status === 'new') next.status = 'open'

  const group = next.group_id === null ? undefined : store.groups.get(next.group_id)
  if (group?.member_ids.includes(assigneeId)) return
  next.group_id = store.users.get(assigneeId)?.default_group_id ?? next.group_id
}

function setStatus(store: ZendeskStore, next: Ticket, patch: TicketPatch): void {
  const custom =
    patch.custom_status_id === undefined
      ? undefined
      : store.customStatuses.get(patch.custom_status_id)
  if (custom !== undefined) {
    next.custom_status_id = custom.id
    next.status = custom.status_category
    return
  }
  if (patch.status !== undefined) next.status = patch.status

  const category = next.status === 'closed' ? 'solved' : next.status
  const current = store.customStatuses.get(next.custom_status_id ?? 0)
  if (current?.status_category === category) return
  const all = [...store.customStatuses.values()]
  const standard = all.find((one) => one.status_category === category && one.default)
  next.custom_status_id = standard?.id ?? null
}

/** Values of unknown fields are ignored. Drop-downs and multi-selects keep their values as tags. */
function setCustomFields(store: ZendeskStore, next: Ticket, given: CustomFieldValue[]): void {
  for (const { id, value } of given) {
    const field = store.ticketFields.get(id)
    if (field === undefined || !field.is_custom) continue
    const former = next.custom_fields.find((one) => one.id === id)?.value
    const others = next.custom_fields.filter((one) => one.id !== id)
    next.custom_fields = [...others, { id, value }].sort((a, b) => a.id - b.id)

    const formerTags = tagsOf(field, former)
    const kept = next.tags.filter((tag) => !formerTags.includes(tag))
    next.tags = [...new Set([...kept, ...tagsOf(field, value)])]
  }
}

function tagsOf(field: TicketField, value: unknown): string[] {
  if (field.type === 'tagger') return typeof value === 'string' && value !== '' ? [value] : []
  return field.type === 'multiselect' && Array.isArray(value) ? value.map(String) : []
}

/** What differs; custom fields are named by their id. `before` null compares with nothing. */
export function changesBetween(before: Ticket | null, after: Ticket): FieldChange[] {
  const changes: FieldChange[] = COMPARED_FIELDS.map((field) => ({
    field,
    previous: before?.[field] ?? null,
    value: after[field],
  }))
  for (const { id, value } of after.custom_fields) {
    const former = before?.custom_fields.find((one) => one.id === id)?.value
    changes.push({ field: String(id), previous: former ?? null, value })
  }
  return changes.filter(({ previous, value }) => !isSame(previous, value))
}

function isSame(a: unknown, b: unknown): boolean {
  const aText = JSON.stringify(a ?? null)
  const bText = JSON.stringify(b ?? null)
  return aText === bText || (aText === 'null' && bText === '[]')
}
