import type { World } from '../world.ts'
import type { ZendeskDoubts } from './doubts.ts'
import type { Identity, Role, User } from './entities.ts'
import { invalidField, isProblem, type Problem } from './errors.ts'
import { findUserByEmail, identityKey, indexIdentity, type ZendeskStore } from './store.ts'
import { asFields, asFlag, asId, asList, asTags, asText, type Fields, toWireTime } from './wire.ts'

export type UserOperations = ReturnType<typeof createUserOperations>

type Parts = {
  readonly world: World
  readonly store: ZendeskStore
  readonly doubts: ZendeskDoubts
}

const ROLES: readonly Role[] = ['end-user', 'agent', 'admin']

/** The one place where users and their identities change. */
export function createUserOperations({ world, store, doubts }: Parts) {
  const timeNow = () => toWireTime(world.clock.now())

  function create(given: Fields): User | Problem {
    const name = (asText(given.name) ?? '').trim()
    if (name === '') {
      return invalidField('name', 'Name: is too short (minimum one character)', 'ValueTooShort')
    }
    const email = asText(given.email)
    if (email !== null && findUserByEmail(store, email) !== null) return emailTaken(email)
    const externalId = asText(given.external_id)
    if (externalId !== null && findByExternalId(externalId) !== null) {
      return invalidField('external_id', EXTERNAL_ID_TAKEN, 'DuplicateValue')
    }
    const phone = asText(given.phone)
    const isTaken = isDirectLine(phone)
    if (isTaken && doubts.duplicatePhone() === 'refused') return phoneTaken('phone', phone ?? '')

    const isShared = isTaken || asFlag(given.shared_phone_number) === true
    const user = newUser(given, { name, email, phone, isShared })
    store.users.set(user.id, user)
    addFirstIdentities(user, given)
    return user
  }

  function addFirstIdentities(user: User, given: Fields): void {
    if (user.email !== null) putIdentity(user, 'email', user.email)
    if (user.phone !== null && !user.shared_phone_number) {
      putIdentity(user, 'phone_number', user.phone)
    }
    for (const extra of asList(given.identities)) addIdentity(user, asFields(extra))
  }

  function newUser(
    given: Fields,
    known: { name: string; email: string | null; phone: string | null; isShared: boolean },
  ): User {
    const role = ROLES.find((candidate) => candidate === given.role) ?? 'end-user'
    return {
      id: store.nextId(),
      name: known.name,
      email: known.email,
      phone: known.phone,
      shared_phone_number: known.phone === null ? null : known.isShared,
      role,
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
      created_at: timeNow(),
      updated_at: timeNow(),
    }
  }

  /** An update with another e-mail address adds that as a secondary one. */
  function update(user: User, given: Fields): User | Problem {
    const email = asText(given.email)
    const owner = email === null ? null : findUserByEmail(store, email)
    if (email !== null && owner !== null && owner !== user) return emailTaken(email)
    if (email !== null && owner === null) putIdentity(user, 'email', email)
    updatePhone(user, asText(given.phone))
    Object.assign(user, readProfile(user, given), { updated_at: timeNow() })
    return user
  }

  function updatePhone(user: User, phone: string | null): void {
    if (phone === null || phone === user.phone) return
    user.shared_phone_number = isDirectLine(phone)
    user.phone = phone
    if (!user.shared_phone_number) putIdentity(user, 'phone_number', phone)
  }

  function createOrUpdate(given: Fields): { user: User; isNew: boolean } | Problem {
    const known = findMatch(given)
    const outcome = known === null ? create(given) : update(known, given)
    return isProblem(outcome) ? outcome : { user: outcome, isNew: known === null }
  }

  /** Whom create_or_update means: by e-mail or external_id (in any case), never by phone. */
  function findMatch(given: Fields): User | null {
    const email = asText(given.email)
    const known = email === null ? null : findUserByEmail(store, email)
    const externalId = asText(given.external_id)
    return known ?? (externalId === null ? null : findByExternalId(externalId))
  }

  function findByExternalId(externalId: string): User | null {
    const wanted = externalId.toLowerCase()
    const all = [...store.users.values()]
    return all.find((user) => user.active && user.external_id?.toLowerCase() === wanted) ?? null
  }

  function addIdentity(user: User, given: Fields): Identity | Problem {
    const value = asText(given.value) ?? ''
    const type = given.type
    if (type !== 'email' && type !== 'phone_number') {
      return invalidField('type', 'Type: is not one the sandbox knows')
    }
    const owner = store.identityByValue.get(identityKey(type, value))
    if (owner !== undefined && owner.user_id === user.id) return owner
    if (owner !== undefined)
      return type === 'email' ? emailTaken(value) : phoneTaken('value', value)
    const isVerified = asFlag(given.verified) ?? false
    return putIdentity(user, type, value, { isVerified })
  }

  function putIdentity(
    user: User,
    type: Identity['type'],
    value: string,
    { isVerified }: { isVerified: boolean } = { isVerified: user.verified },
  ): Identity {
    const isFirst = identitiesOf(user.id).every((identity) => identity.type !== type)
    const identity: Identity = {
      id: store.nextId(),
      user_id: user.id,
      type,
      value,
      verified: isVerified,
      primary: isFirst,
      created_at: timeNow(),
      updated_at: timeNow(),
    }
    indexIdentity(store, identity)
    if (isFirst && type === 'email') user.email = value
    if (isFirst && type === 'phone_number') user.phone = value
    return identity
  }

  function identitiesOf(userId: number): Identity[] {
    return store.identitiesByUser.get(userId) ?? []
  }

  function isDirectLine(phone: string | null): boolean {
    return phone !== null && store.identityByValue.has(identityKey('phone_number', phone))
  }

  return { create, update, createOrUpdate, findMatch, addIdentity, identitiesOf, findByExternalId }
}

/** External ids are unique, case aside [V]; the sentence that says so is from memory [M]. */
const EXTERNAL_ID_TAKEN = 'External ID: has already been taken'

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

function emailTaken(email: string): Problem {
  const description = `Email: ${email} is already being used by another user`
  return invalidField('email', description, 'DuplicateValue')
}

function phoneTaken(field: string, phone: string): Problem {
  const description = `Phone: ${phone} is already being used by another user`
  return invalidField(field, description, 'DuplicateValue')
}
