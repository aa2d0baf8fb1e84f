import { invalidField, isProblem, type Problem } from '../api/errors.ts'
import {
  asFields,
  asFlag,
  asId,
  asList,
  asTags,
  asText,
  type Fields,
  toWireTime,
} from '../api/wire.ts'
import type { Role } from '../entities/account.ts'
import type { User } from '../entities/people.ts'
import { findUserByEmail } from '../store.ts'
import {
  addIdentity,
  emailTaken,
  isDirectLine,
  phoneTaken,
  putIdentity,
  refusesEmail,
  type UserParts,
} from './user-identities.ts'

const ROLES: readonly Role[] = ['end-user', 'agent', 'admin']

/** Only the name is needed. https://developer.zendesk.com/api-reference/ticketing/users/users/#create-user */
export function createUser(parts: UserParts, given: Fields): User | Problem {
  const problem = refusesNew(parts, given)
  if (problem !== null) return problem
  const user = newUser(parts, given)
  parts.store.users.set(user.id, user)
  const { email, phone } = user
  const about = { isVerified: user.verified }
  if (email !== null) putIdentity(parts, user, { type: 'email', value: email, ...about })
  if (phone !== null && !user.shared_phone_number) {
    putIdentity(parts, user, { type: 'phone_number', value: phone, ...about })
  }
  for (const extra of asList(given.identities)) addIdentity(parts, user, asFields(extra))
  return user
}

function refusesNew(parts: UserParts, given: Fields): Problem | null {
  if ((asText(given.name) ?? '').trim() === '') {
    return invalidField('name', 'Name: is too short (minimum one character)', 'ValueTooShort')
  }
  const email = asText(given.email)
  const malformed = refusesEmail(email)
  if (malformed !== null) return malformed
  if (email !== null && findUserByEmail(parts.store, email) !== null) return emailTaken(email)
  const externalId = asText(given.external_id)
  if (externalId !== null && findByExternalId(parts, externalId) !== null) {
    return invalidField('external_id', EXTERNAL_ID_TAKEN, 'DuplicateValue')
  }
  const phone = asText(given.phone)
  const isRefused = isDirectLine(parts, phone) && parts.doubts.duplicatePhone() === 'refused'
  return isRefused ? phoneTaken('phone', phone ?? '') : null
}

/** External ids are unique, case aside [V]; the sentence that says so is from memory [M]. */
const EXTERNAL_ID_TAKEN = 'External ID: has already been taken'

function newUser(parts: UserParts, given: Fields): User {
  const phone = asText(given.phone)
  const isShared = isDirectLine(parts, phone) || asFlag(given.shared_phone_number) === true
  const now = toWireTime(parts.world.clock.now())
  return {
    id: parts.store.nextId(),
    name: (asText(given.name) ?? '').trim(),
    email: asText(given.email),
    phone,
    shared_phone_number: phone === null ? null : isShared,
    role: ROLES.find((candidate) => candidate === given.role) ?? 'end-user',
    external_id: asText(given.external_id),
    verified: asFlag(given.verified) ?? false,
    active: true,
    suspended: false,
    tags: asTags(given.tags),
    notes: asText(given.notes) ?? '',
    details: asText(given.details) ?? '',
    locale: 'en-US',
    time_zone: 'Stockholm',
    organization_id: asId(given.organization_id),
    default_group_id: null,
    user_fields: asFields(given.user_fields),
    created_at: now,
    updated_at: now,
  }
}

/** An update with another e-mail address adds that as a secondary one. */
export function updateUser(parts: UserParts, user: User, given: Fields): User | Problem {
  const email = asText(given.email)
  const malformed = refusesEmail(email)
  if (malformed !== null) return malformed
  const owner = email === null ? null : findUserByEmail(parts.store, email)
  if (email !== null && owner !== null && owner !== user) return emailTaken(email)
  if (email !== null && owner === null) {
    putIdentity(parts, user, { type: 'email', value: email, isVerified: user.verified })
  }
  updatePhone(parts, user, asText(given.phone))
  const updated_at = toWireTime(parts.world.clock.now())
  Object.assign(user, readProfile(user, given), { updated_at })
  return user
}

function updatePhone(parts: UserParts, user: User, phone: string | null): void {
  if (phone === null || phone === user.phone) return
  user.shared_phone_number = isDirectLine(parts, phone)
  user.phone = phone
  if (user.shared_phone_number) return
  putIdentity(parts, user, { type: 'phone_number', value: phone, isVerified: user.verified })
}

/** What an update says about a user, apart from addresses; the rest stays. */
function readProfile(user: User, given: Fields): Partial<User> {
  return {
    name: asText(given.name) ?? user.name,
    external_id: 'external_id' in given ? asText(given.external_id) : user.external_id,
    notes: asText(given.notes) ?? user.notes,
    details: asText(given.details) ?? user.details,
    suspended: asFlag(given.suspended) ?? user.suspended,
    tags: 'tags' in given ? asTags(given.tags) : user.tags,
    user_fields: { ...user.user_fields, ...asFields(given.user_fields) },
  }
}

export function createOrUpdateUser(
  parts: UserParts,
  given: Fields,
): { user: User; isNew: boolean } | Problem {
  const known = findMatch(parts, given)
  const outcome = known === null ? createUser(parts, given) : updateUser(parts, known, given)
  return isProblem(outcome) ? outcome : { user: outcome, isNew: known === null }
}

/** Whom create_or_update means: by e-mail or external_id (in any case), never by phone. */
export function findMatch(parts: UserParts, given: Fields): User | null {
  const email = asText(given.email)
  const known = email === null ? null : findUserByEmail(parts.store, email)
  const externalId = asText(given.external_id)
  return known ?? (externalId === null ? null : findByExternalId(parts, externalId))
}

export function findByExternalId({ store }: UserParts, externalId: string): User | null {
  const wanted = externalId.toLowerCase()
  const all = [...store.users.values()]
  return all.find((user) => user.active && user.external_id?.toLowerCase() === wanted) ?? null
}
