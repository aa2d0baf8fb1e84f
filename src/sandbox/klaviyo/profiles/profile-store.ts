import { ulid } from '../../core/ids.ts'
import type { Consent, Profile } from '../entities.ts'

/** What names a profile. The order here is the order of precedence [?]. */
export type Identifiers = {
  readonly id?: string | null
  readonly externalId?: string | null
  readonly email?: string | null
  readonly phoneNumber?: string | null
  readonly anonymousId?: string | null
}

type Index = 'externalId' | 'email' | 'phoneNumber' | 'anonymousId'

const INDEXES: readonly Index[] = ['externalId', 'email', 'phoneNumber', 'anonymousId']

/** The profiles of one account; no two share an identifier. */
export type ProfileStore = {
  get(id: string): Profile | null
  find(identifiers: Identifiers): Profile | null
  /** Makes an empty profile; the caller has made sure that none of the identifiers is taken. */
  create(identifiers: Identifiers, now: number): Profile
  /** Changes identifiers and keeps the indexes true. */
  identify(profile: Profile, identifiers: Identifiers): void
  /** Forgets the profile; its identifiers are free again. */
  remove(profile: Profile): void
  /** In order of creation. */
  list(): Profile[]
}

export function createProfileStore(): ProfileStore {
  const byId = new Map<string, Profile>()
  const indexes: Record<Index, Map<string, Profile>> = {
    externalId: new Map(),
    email: new Map(),
    phoneNumber: new Map(),
    anonymousId: new Map(),
  }

  function find(identifiers: Identifiers): Profile | null {
    if (identifiers.id) return byId.get(identifiers.id) ?? null
    for (const index of INDEXES) {
      const value = identifiers[index]
      const found = value ? indexes[index].get(keyOf(index, value)) : undefined
      if (found !== undefined) return found
    }
    return null
  }

  function identify(profile: Profile, identifiers: Identifiers): void {
    for (const index of INDEXES) {
      const value = identifiers[index]
      if (value === undefined) continue
      const old = profile[index]
      if (old !== null) indexes[index].delete(keyOf(index, old))
      profile[index] = value
      if (value !== null) indexes[index].set(keyOf(index, value), profile)
    }
  }

  return {
    get: (id) => byId.get(id) ?? null,
    find,
    identify,
    list: () => [...byId.values()],

    remove(profile) {
      for (const index of INDEXES) {
        const value = profile[index]
        if (value !== null) indexes[index].delete(keyOf(index, value))
      }
      byId.delete(profile.id)
    },

    create(identifiers, now) {
      const profile = emptyProfile(identifiers.id ?? ulid(now), now)
      byId.set(profile.id, profile)
      identify(profile, identifiers)
      return profile
    },
  }
}

/** E-mail addresses are compared without regard to case. */
function keyOf(index: Index, value: string): string {
  return index === 'email' ? value.toLowerCase() : value
}

const NO_CONSENT: Consent = {
  status: 'NEVER_SUBSCRIBED',
  changedAt: null,
  method: null,
  methodDetail: '',
}

function emptyProfile(id: string, now: number): Profile {
  return {
    id,
    email: null,
    phoneNumber: null,
    externalId: null,
    anonymousId: null,
    traits: {
      first_name: null,
      last_name: null,
      organization: null,
      locale: null,
      title: null,
      image: null,
    },
    location: {},
    properties: {},
    createdAt: now,
    updatedAt: now,
    lastEventAt: null,
    consent: { sms: NO_CONSENT, whatsapp: NO_CONSENT },
    pendingOptIn: null,
    lastMarketing: null,
  }
}
