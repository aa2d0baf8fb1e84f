import type { ProfileAttributes, ProfileMeta } from '../api/body.ts'
import { type Account, type Profile, TRAIT_NAMES } from '../entities.ts'
import type { Identifiers } from './profile-store.ts'

/** The identifiers among a profile's attributes; what was not given stays undefined. */
export function identifiersIn(attributes: ProfileAttributes): Identifiers {
  const given = {
    email: attributes.email,
    phoneNumber: attributes.phone_number,
    externalId: attributes.external_id,
    anonymousId: attributes.anonymous_id,
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

export function hasIdentifier(identifiers: Identifiers): boolean {
  return Object.values(identifiers).some((value) => typeof value === 'string' && value !== '')
}

/** Another profile that already has one of the identifiers. */
export function findRival(
  account: Account,
  identifiers: Identifiers,
  self: Profile | null,
): Profile | null {
  for (const [name, value] of Object.entries(identifiers)) {
    if (!value) continue
    const owner = account.profiles.find({ [name]: value })
    if (owner !== null && owner !== self) return owner
  }
  return null
}

/** Writes traits, location and properties; identifiers are the store's. */
export function applyAttributes(
  profile: Profile,
  attributes: ProfileAttributes,
  now: number,
): void {
  for (const name of TRAIT_NAMES) {
    const value = attributes[name]
    if (value !== undefined) profile.traits[name] = value
  }
  if (attributes.location !== undefined) {
    profile.location = { ...profile.location, ...attributes.location }
  }
  if (attributes.properties) mergeProperties(profile, attributes.properties)
  profile.updatedAt = now
}

/** Top-level keys replace each other; null clears one. */
function mergeProperties(profile: Profile, changes: Readonly<Record<string, unknown>>): void {
  const merged = { ...profile.properties, ...changes }
  profile.properties = Object.fromEntries(
    Object.entries(merged).filter(([, value]) => value !== null),
  )
}

/** `meta.patch_properties`: adds to lists, takes from lists, removes keys. */
export function applyMeta(profile: Profile, meta: ProfileMeta | null | undefined): void {
  const { append, unappend, unset = [] } = meta?.patch_properties ?? {}
  for (const [name, value] of Object.entries(append ?? {})) {
    const known = toList(profile.properties[name])
    const added = toList(value).filter((item) => !known.includes(item))
    profile.properties = { ...profile.properties, [name]: [...known, ...added] }
  }
  for (const [name, value] of Object.entries(unappend ?? {})) {
    const removed = toList(value)
    const left = toList(profile.properties[name]).filter((item) => !removed.includes(item))
    profile.properties = { ...profile.properties, [name]: left }
  }
  const gone = new Set([unset].flat())
  profile.properties = Object.fromEntries(
    Object.entries(profile.properties).filter(([name]) => !gone.has(name)),
  )
}

function toList(value: unknown): unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

/** Finds the profile that an event names, or makes it, and brings it up to date. */
export function upsertForEvent(
  account: Account,
  given: { readonly id?: string | null | undefined; readonly attributes: ProfileAttributes },
  now: number,
): Profile | null {
  const identifiers = identifiersIn(given.attributes)
  const known = account.profiles.find({ id: given.id ?? null, ...identifiers })
  if (known === null && given.id) return null

  const profile = known ?? account.profiles.create(identifiers, now)
  // An identifier of somebody else is left alone: Klaviyo may merge the two, or not [?].
  if (known !== null && findRival(account, identifiers, known) === null) {
    account.profiles.identify(known, dropNulls(identifiers))
  }
  applyAttributes(profile, given.attributes, now)
  applyMeta(profile, given.attributes.meta)
  return profile
}

function dropNulls(identifiers: Identifiers): Identifiers {
  return Object.fromEntries(Object.entries(identifiers).filter(([, value]) => value !== null))
}
