import { type Actor, actorId, actsAsStaff } from '../actor.ts'
import type { RuleCondition } from '../entities/rules.ts'
import type { Comment, Status, Ticket, TicketRecord } from '../entities/tickets.ts'

/** What a business rule looks at. */
export type RuleScene = {
  readonly record: TicketRecord
  /** The ticket before the update; null when it was just created, or for an hourly run. */
  readonly before: Ticket | null
  readonly updateType: 'Create' | 'Change' | null
  readonly comment: Comment | null
  readonly actor: Actor
  readonly now: number
}

const STATUS_ORDER: readonly Status[] = ['new', 'open', 'pending', 'hold', 'solved', 'closed']
const TICKET_FIELDS = [
  'status',
  'custom_status_id',
  'priority',
  'type',
  'group_id',
  'assignee_id',
  'requester_id',
  'organization_id',
  'brand_id',
] as const
const HOURS_SINCE: Readonly<Record<string, Status>> = {
  NEW: 'new',
  OPEN: 'open',
  PENDING: 'pending',
  HOLD: 'hold',
  SOLVED: 'solved',
  CLOSED: 'closed',
}
const OTHER_FIELDS = ['current_tags', 'update_type', 'comment_is_public', 'role', 'current_via']

const HOUR_MS = 3_600_000

export function isKnownCondition({ field }: RuleCondition): boolean {
  return [...TICKET_FIELDS, ...OTHER_FIELDS, ...Object.keys(HOURS_SINCE)].includes(field)
}

/**
 * All of `all`, and one of `any` unless that is empty.
 * https://developer.zendesk.com/documentation/ticketing/reference-guides/conditions-reference/
 */
export function holds(
  conditions: { readonly all: readonly RuleCondition[]; readonly any: readonly RuleCondition[] },
  scene: RuleScene,
): boolean {
  const isTrue = (condition: RuleCondition) => conditionHolds(condition, scene)
  return (
    conditions.all.every(isTrue) && (conditions.any.length === 0 || conditions.any.some(isTrue))
  )
}

function conditionHolds(condition: RuleCondition, scene: RuleScene): boolean {
  const { field } = condition
  if (field === 'current_tags') return tagsHold(condition, scene.record.ticket.tags)
  if (field === 'update_type') return equals(condition, scene.updateType)
  if (field === 'comment_is_public') return commentHolds(condition, scene.comment)
  if (field === 'role') return roleHolds(condition, scene.actor)
  if (field === 'current_via') return equals(condition, scene.actor.via.channel)
  const status = HOURS_SINCE[field]
  if (status !== undefined) return hoursHold(condition, status, scene)
  return ticketFieldHolds(condition, scene)
}

function equals({ operator, value }: RuleCondition, actual: unknown): boolean {
  const isEqual = String(actual ?? '') === String(value ?? '')
  return operator === 'is_not' || operator === 'not_value' ? !isEqual : isEqual
}

function tagsHold({ operator, value }: RuleCondition, tags: readonly string[]): boolean {
  const wanted = String(value ?? '').split(/\s+/)
  const hasOne = wanted.some((tag) => tags.includes(tag))
  return operator === 'not_includes' ? !hasOne : hasOne
}

/** `not_relevant` asks for any comment at all. */
function commentHolds({ value }: RuleCondition, comment: Comment | null): boolean {
  if (comment === null) return false
  if (String(value) === 'not_relevant') return true
  return comment.public === (String(value) !== 'false')
}

function roleHolds(condition: RuleCondition, actor: Actor): boolean {
  const isId = /^\d+$/.test(String(condition.value))
  return equals(condition, isId ? actorId(actor) : actsAsStaff(actor) ? 'agent' : 'end_user')
}

function hoursHold(
  { operator, value }: RuleCondition,
  status: Status,
  { record, now }: RuleScene,
): boolean {
  const since = record.statusReachedAt[status]
  if (since === undefined || record.ticket.status !== status) return false
  const hours = Math.floor((now - since) / HOUR_MS)
  if (operator === 'greater_than') return hours > Number(value)
  return operator === 'less_than' ? hours < Number(value) : hours === Number(value)
}

function ticketFieldHolds(condition: RuleCondition, { record, before }: RuleScene): boolean {
  const { operator, value } = condition
  const field = TICKET_FIELDS.find((name) => name === condition.field)
  if (field === undefined) return false
  const current = record.ticket[field]
  const previous = before?.[field] ?? null

  if (operator === 'changed') return current !== previous
  if (operator === 'not_changed') return current === previous
  if (operator === 'value_previous') return String(previous) === String(value)
  if (operator === 'not_value_previous') return String(previous) !== String(value)
  if (operator === 'less_than') return rank(current) < rank(value)
  if (operator === 'greater_than') return rank(current) > rank(value)
  return equals(condition, current)
}

function rank(status: unknown): number {
  return STATUS_ORDER.indexOf(status as Status)
}
