import type { World } from '../../world.ts'
import { invalidField, type Problem } from '../api/errors.ts'
import { asFlag, asText, type Fields, toWireTime } from '../api/wire.ts'
import type { ZendeskDoubts } from '../doubts.ts'
import type { Identity, User } from '../entities/people.ts'
import { identityKey, indexIdentity, type ZendeskStore } from '../store.ts'

export type UserParts = {
  readonly world: World
  readonly store: ZendeskStore
  readonly doubts: ZendeskDoubts
}

type NewIdentity = {
  readonly type: Identity['type']
  readonly value: string
  readonly isVerified: boolean
}

export function identitiesOf({ store }: UserParts, userId: number): Identity[] {
  return store.identitiesByUser.get(userId) ?? []
}

/** Whether somebody has the phone as a direct line; shared numbers are no identities. */
export function isDirectLine({ store }: UserParts, phone: string | null): boolean {
  return phone !== null && store.identityByValue.has(identityKey('phone_number', phone))
}

/** Adds what nobody has; the first of its kind is the primary one and shows on the user. */
export function putIdentity(parts: UserParts, user: User, given: NewIdentity): Identity {
  const { type, value, isVerified } = given
  const isFirst = identitiesOf(parts, user.id).every((identity) => identity.type !== type)
  const now = toWireTime(parts.world.clock.now())
  const identity: Identity = {
    id: parts.store.nextId(),
    user_id: user.id,
    type,
    value,
    verified: isVerified,
    primary: isFirst,
    created_at: now,
    updated_at: now,
  }
  indexIdentity(parts.store, identity)
  if (isFirst) showOn(user, identity)
  return identity
}

/** From a request; one that the user has already is answered as it is. */
export function addIdentity(parts: UserParts, user: User, given: Fields): Identity | Problem {
  const value = asText(given.value) ?? ''
  const { type } = given
  if (type !== 'email' && type !== 'phone_number') {
    return invalidField('type', 'Type: is not one the sandbox knows')
  }
  const malformed = type === 'email' ? refusesEmail(value) : null
  if (malformed !== null) return malformed
  const owner = parts.store.identityByValue.get(identityKey(type, value))
  if (owner !== undefined && owner.user_id === user.id) return owner
  if (owner !== undefined) return taken(type, value)
  const identity = putIdentity(parts, user, { type, value, isVerified: isVerified(given) })
  if (given.primary === true) makePrimary(parts, user, identity)
  return identity
}

/** Only value and verification change; what is primary has a call of its own. */
export function changeIdentity(parts: UserParts, identity: Identity, given: Fields) {
  const value = asText(given.value) ?? identity.value
  const owner = parts.store.identityByValue.get(identityKey(identity.type, value))
  if (owner !== undefined && owner !== identity) return taken(identity.type, value)
  parts.store.identityByValue.delete(identityKey(identity.type, identity.value))
  identity.value = value
  identity.verified = asFlag(given.verified) ?? identity.verified
  identity.updated_at = toWireTime(parts.world.clock.now())
  parts.store.identityByValue.set(identityKey(identity.type, value), identity)
  const user = parts.store.users.get(identity.user_id)
  if (user !== undefined && identity.primary) showOn(user, identity)
  return identity
}

export function makePrimary(parts: UserParts, user: User, chosen: Identity): void {
  for (const one of identitiesOf(parts, user.id)) {
    if (one.type === chosen.type) one.primary = one === chosen
  }
  showOn(user, chosen)
}

/** The next of its kind becomes primary, where the primary one goes [I]. */
export function removeIdentity(parts: UserParts, user: User, gone: Identity): void {
  const { store } = parts
  const left = identitiesOf(parts, user.id).filter((one) => one !== gone)
  store.identities.delete(gone.id)
  store.identityByValue.delete(identityKey(gone.type, gone.value))
  store.identitiesByUser.set(user.id, left)
  if (!gone.primary) return
  const next = left.find((one) => one.type === gone.type)
  if (next !== undefined) makePrimary(parts, user, next)
  else if (gone.type === 'email') user.email = null
  else user.phone = null
}

function showOn(user: User, { type, value }: Identity): void {
  if (type === 'email') user.email = value
  else user.phone = value
}

function isVerified(given: Fields): boolean {
  return asFlag(given.verified) ?? false
}

function taken(type: Identity['type'], value: string): Problem {
  return type === 'email' ? emailTaken(value) : phoneTaken('value', value)
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** Why an e-mail address is refused before anybody is looked for; the words are from memory [M]. */
export function refusesEmail(email: string | null): Problem | null {
  if (email === null || EMAIL.test(email)) return null
  return invalidField('email', `Email: ${email} is not properly formatted`)
}

export function emailTaken(email: string): Problem {
  const description = `Email: ${email} is already being used by another user`
  return invalidField('email', description, 'DuplicateValue')
}

export function phoneTaken(field: string, phone: string): Problem {
  const description = `Phone: ${phone} is already being used by another user`
  return invalidField(field, description, 'DuplicateValue')
}
