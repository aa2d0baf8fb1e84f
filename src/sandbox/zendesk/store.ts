import { createNumericIds } from '../core/ids.ts'
import { NORDLYS, type ZendeskAccount } from './account.ts'
import type { Brand, CustomStatus, Group, TicketField } from './entities/account.ts'
import type { ApiToken, Identity, OauthToken, User } from './entities/people.ts'
import type { Macro, Rule, SentEmail, View } from './entities/rules.ts'
import type { Attachment, TicketRecord, Upload } from './entities/tickets.ts'
import type { WebhookRecord } from './entities/webhooks.ts'

export type CachedCreate = { bodyHash: string; response: unknown; location: string; at: number }
export type Job = {
  id: string
  type: string
  total: number
  results: readonly Readonly<Record<string, unknown>>[]
  /** Sandbox milliseconds, like the next. */
  startedAt: number
  endsAt: number
}

/** Everything the account holds. The finders beside the maps keep look-ups fast. */
export type ZendeskStore = ReturnType<typeof createZendeskStore>

/** Seeded things have the same ids after every reset; ids given out later are never used again. */
const FIRST_ID = 900_100_000_000_000
const FIRST_TICKET_ID = 1000
/** Ids are unique among all accounts; only tickets are numbered anew in each. */
export const IDS_OF_AN_ACCOUNT = 1_000_000_000_000

export function createZendeskStore(account: ZendeskAccount = NORDLYS) {
  const nextId = createNumericIds(FIRST_ID + account.index * IDS_OF_AN_ACCOUNT)
  let lastTicketId = FIRST_TICKET_ID

  const maps = {
    users: new Map<number, User>(),
    identities: new Map<number, Identity>(),
    brands: new Map<number, Brand>(),
    groups: new Map<number, Group>(),
    ticketFields: new Map<number, TicketField>(),
    customStatuses: new Map<number, CustomStatus>(),
    macros: new Map<number, Macro>(),
    triggers: new Map<number, Rule>(),
    automations: new Map<number, Rule>(),
    views: new Map<number, View>(),
    webhooks: new Map<string, WebhookRecord>(),
    apiTokens: new Map<string, ApiToken>(),
    tokens: new Map<string, OauthToken>(),
    /** Refresh token → the token it belongs to. */
    tokensByRefresh: new Map<string, OauthToken>(),
    tickets: new Map<number, TicketRecord>(),
    idempotencyKeys: new Map<string, CachedCreate>(),
    jobs: new Map<string, Job>(),
    uploads: new Map<string, Upload>(),
    attachments: new Map<number, Attachment>(),
    /** By the key in their `content_url`. */
    files: new Map<string, { bytes: ArrayBuffer; contentType: string }>(),
    /** `email:` or `phone_number:` and the value → identity. */
    identityByValue: new Map<string, Identity>(),
    identitiesByUser: new Map<number, Identity[]>(),
    ticketIdsByRequester: new Map<number, Set<number>>(),
  }
  const emails: SentEmail[] = []

  return {
    account,
    ...maps,
    emails,
    nextId,
    nextTicketId: () => {
      lastTicketId += 1
      return lastTicketId
    },
    /** Empties everything; ids go on. */
    clear() {
      for (const map of Object.values(maps)) map.clear()
      emails.length = 0
    },
  }
}

/** Notes who requested a ticket; call it after creating one or changing its requester. */
export function indexRequester(
  store: ZendeskStore,
  record: TicketRecord,
  formerRequesterId?: number,
): void {
  const { id, requester_id } = record.ticket
  if (formerRequesterId !== undefined) store.ticketIdsByRequester.get(formerRequesterId)?.delete(id)
  const known = store.ticketIdsByRequester.get(requester_id) ?? new Set()
  store.ticketIdsByRequester.set(requester_id, known.add(id))
}

export function indexIdentity(store: ZendeskStore, identity: Identity): void {
  const { id, type, value, user_id } = identity
  store.identities.set(id, identity)
  store.identityByValue.set(identityKey(type, value), identity)
  store.identitiesByUser.set(user_id, [...(store.identitiesByUser.get(user_id) ?? []), identity])
}

/** A ticket that still exists: deleted ones are as good as absent. */
export function findTicket(store: ZendeskStore, id: number | null): TicketRecord | null {
  const record = id === null ? undefined : store.tickets.get(id)
  return record === undefined || record.deletedAt !== null ? null : record
}

export function livingTickets(store: ZendeskStore): TicketRecord[] {
  return [...store.tickets.values()].filter(({ deletedAt }) => deletedAt === null)
}

export function findUserByEmail(store: ZendeskStore, email: string): User | null {
  const identity = store.identityByValue.get(identityKey('email', email))
  return identity === undefined ? null : (store.users.get(identity.user_id) ?? null)
}

/** E-mail addresses are compared in lower case, phone numbers by their digits. */
export function identityKey(type: Identity['type'], value: string): string {
  const canonical = type === 'email' ? value.trim().toLowerCase() : value.replace(/\D/g, '')
  return `${type}:${canonical}`
}

export function isStaff(user: User | undefined): boolean {
  return user !== undefined && user.role !== 'end-user'
}

/** The account has exactly one default brand, from the seed on. */
export function defaultBrand(store: ZendeskStore): Brand {
  const brand = [...store.brands.values()].find((candidate) => candidate.default)
  if (brand === undefined) throw new Error('the sandbox has no default brand')
  return brand
}
