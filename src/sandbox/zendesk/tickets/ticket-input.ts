import { invalidField, isProblem, type Problem } from '../api/errors.ts'
import { asFields, asFlag, asId, asList, asTags, asText, type Fields } from '../api/wire.ts'
import type { User } from '../entities/people.ts'
import type { CustomFieldValue, Status } from '../entities/tickets.ts'
import { findUserByEmail, isStaff, type ZendeskStore } from '../store.ts'
import type { UserOperations } from '../users/users.ts'
import type { TicketPatch } from './ticket-changes.ts'

const STATUSES: readonly Status[] = ['new', 'open', 'pending', 'hold', 'solved', 'closed']
const PRIORITIES = ['urgent', 'high', 'normal', 'low']
const TYPES = ['problem', 'incident', 'question', 'task']

export type CommentInput = {
  readonly body?: string
  readonly html_body?: string
  /** Undefined: the ticket decides. */
  readonly public?: boolean
  readonly author_id?: number
  /** Tokens of files that were uploaded before. */
  readonly uploads?: readonly string[]
}

/**
 * Reads what a write says about a ticket's fields. Fields that the sandbox does not know are
 * ignored, as Zendesk ignores them. The texts of the refusals are from memory [M].
 */
export function readTicketPatch(
  store: ZendeskStore,
  users: UserOperations,
  given: Fields,
): TicketPatch | Problem {
  const patch: TicketPatch = {}
  const readers = [readPeople, readPlaces, readChoices]
  for (const read of readers) {
    const problem = read({ store, users, given, patch })
    if (problem !== null) return problem
  }
  if ('subject' in given) patch.subject = asText(given.subject)
  if ('external_id' in given) patch.external_id = asText(given.external_id)
  if ('tags' in given) patch.tags = asTags(given.tags)
  if ('organization_id' in given) patch.organization_id = asId(given.organization_id)
  if ('custom_fields' in given) patch.custom_fields = readCustomFields(given.custom_fields)
  return patch
}

type Reading = {
  readonly store: ZendeskStore
  readonly users: UserOperations
  readonly given: Fields
  readonly patch: TicketPatch
}

function readPeople({ store, users, given, patch }: Reading): Problem | null {
  if (given.requester_id !== undefined || given.requester !== undefined) {
    const requester = findRequester(store, users, given)
    if (isProblem(requester)) return requester
    patch.requester_id = requester.id
  }
  if (given.assignee_email === undefined && given.assignee_id === undefined) return null
  if (given.assignee_id === null) {
    patch.assignee_id = null
    return null
  }
  const email = asText(given.assignee_email)
  const assignee =
    email === null
      ? store.users.get(asId(given.assignee_id) ?? 0)
      : (findUserByEmail(store, email) ?? undefined)
  if (assignee === undefined || !isStaff(assignee)) {
    return invalidField('assignee', 'Assignee: is invalid', 'InvalidValue')
  }
  patch.assignee_id = assignee.id
  return null
}

function findRequester(store: ZendeskStore, users: UserOperations, given: Fields): User | Problem {
  if (given.requester === undefined) {
    const found = store.users.get(asId(given.requester_id) ?? 0)
    // A deleted or merged user is still shown, but can ask for nothing [M].
    const known = found?.active === true ? found : undefined
    return known ?? invalidField('requester', 'Requester: is invalid', 'InvalidValue')
  }
  const requester = asFields(given.requester)
  const email = asText(requester.email)
  const known = email === null ? null : findUserByEmail(store, email)
  return known ?? users.create(requester)
}

function readPlaces({ store, given, patch }: Reading): Problem | null {
  if (given.brand_id !== undefined) {
    const brand = store.brands.get(asId(given.brand_id) ?? 0)
    if (brand === undefined) return invalidField('brand', 'Brand: is invalid', 'InvalidValue')
    patch.brand_id = brand.id
  }
  if (given.group_id === undefined) return null
  const groupId = asId(given.group_id)
  if (groupId !== null && !store.groups.has(groupId)) {
    return invalidField('group', 'Group: is invalid', 'InvalidValue')
  }
  patch.group_id = groupId
  return null
}

function readChoices({ store, given, patch }: Reading): Problem | null {
  const status = given.status
  if (status !== undefined) {
    const known = STATUSES.find((candidate) => candidate === status)
    if (known === undefined) return invalidField('status', `Status: ${status} is not known`)
    patch.status = known
  }
  const customId = asId(given.custom_status_id)
  if (customId !== null) {
    const isKnown = store.customStatuses.has(customId)
    if (!isKnown) return invalidField('custom_status_id', 'Custom status: is invalid')
    patch.custom_status_id = customId
  }
  for (const [field, allowed] of [
    ['priority', PRIORITIES],
    ['type', TYPES],
  ] as const) {
    if (given[field] === undefined) continue
    const value = asText(given[field])
    if (value !== null && !allowed.includes(value)) {
      return invalidField(field, `${field}: ${value} is not included in the list`)
    }
    patch[field] = value
  }
  return null
}

/** `[{id, value}]`, or an object of id → value. */
function readCustomFields(given: unknown): CustomFieldValue[] {
  if (!Array.isArray(given)) {
    return Object.entries(asFields(given)).map(([id, value]) => ({ id: Number(id), value }))
  }
  return asList(given).map((one) => {
    const { id, value } = asFields(one)
    return { id: asId(id) ?? 0, value: value ?? null }
  })
}

/** Null when there is no comment or nothing is said in it. */
export function readComment(given: unknown): CommentInput | null {
  const fields = typeof given === 'string' ? { body: given } : asFields(given)
  const html = asText(fields.html_body)
  const body = asText(fields.body)
  if ((html ?? body ?? '').trim() === '') return null
  const isPublic = asFlag(fields.public)
  const authorId = asId(fields.author_id)
  return {
    ...(html === null ? { body: body ?? '' } : { html_body: html }),
    ...(isPublic === null ? {} : { public: isPublic }),
    ...(authorId === null ? {} : { author_id: authorId }),
    ...(fields.uploads === undefined ? {} : { uploads: asList(fields.uploads).map(String) }),
  }
}
