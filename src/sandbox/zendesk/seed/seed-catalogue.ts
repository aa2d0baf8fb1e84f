import { toWireTime } from '../api/wire.ts'
import type { Brand, FieldType, Group, Role, StatusCategory } from '../entities/account.ts'
import type { User } from '../entities/people.ts'
import { indexIdentity, type ZendeskStore } from '../store.ts'

/** What seeded tickets refer to. */
export type SeededCatalogue = {
  readonly brands: readonly Brand[]
  readonly support: Group
  readonly alva: User
  readonly bo: User
  readonly admin: User
}

const YEAR_MS = 365 * 24 * 3_600_000

const STAFF = [
  ['Ada Admin', 'admin@example.com', 'admin', null],
  ['Alva Agent', 'agent@example.com', 'agent', 'agent-alva'],
  ['Bo Berg', 'bo@example.com', 'agent', 'agent-bo'],
] as const

/** One of the account's old API tokens, for e-mail addresses of staff. */
const API_TOKEN = 'sandbox-api-token'

const FIELDS: readonly (readonly [FieldType, string, (readonly string[])?])[] = [
  ['text', 'Order number'],
  ['textarea', 'Delivery notes'],
  ['checkbox', 'Gift order'],
  ['date', 'Delivery date'],
  ['integer', 'Number of items'],
  ['decimal', 'Refund amount'],
  ['regexp', 'Postal code'],
  ['partialcreditcard', 'Credit card'],
  ['multiselect', 'Product lines', ['Jackets', 'Tents', 'Boots']],
  ['tagger', 'Reason', ['Late delivery', 'Wrong size', 'Broken item']],
  ['lookup', 'Store'],
]

const SYSTEM_FIELDS: readonly (readonly [FieldType, string])[] = [
  ['subject', 'Subject'],
  ['description', 'Description'],
  ['status', 'Status'],
  ['tickettype', 'Type'],
  ['priority', 'Priority'],
  ['group', 'Group'],
  ['assignee', 'Assignee'],
]

const STATUSES: readonly (readonly [StatusCategory, string, boolean])[] = [
  ['new', 'New', true],
  ['open', 'Open', true],
  ['pending', 'Pending', true],
  ['hold', 'On-hold', true],
  ['solved', 'Solved', true],
  ['open', 'Waiting for warehouse', false],
  ['pending', 'Waiting for photos', false],
]

type Seeding = {
  readonly store: ZendeskStore
  readonly nextId: () => number
  readonly created_at: string
}

/** Brands, groups, staff with their tokens, ticket fields and custom statuses. */
export function seedCatalogue(
  store: ZendeskStore,
  nextId: () => number,
  now: number,
): SeededCatalogue {
  const seeding = { store, nextId, created_at: toWireTime(now - YEAR_MS) }
  const brands = addBrands(seeding)
  const support = addGroup(seeding, 'Support', true)
  addGroup(seeding, 'Returns', false)
  const [admin, alva, bo] = STAFF.map(([name, email, role]) =>
    addStaff(seeding, { name, email, role }, support),
  )
  if (admin === undefined || alva === undefined || bo === undefined) throw new Error('no staff')
  STAFF.forEach(([, , , token], index) => {
    const user = [admin, alva, bo][index]
    if (token !== null && user !== undefined) addToken(seeding, token, user)
  })
  store.apiTokens.set(API_TOKEN, { id: nextId(), token: API_TOKEN, lastUsedAt: now })
  for (const [type, title] of SYSTEM_FIELDS) addField(seeding, { type, title, options: null })
  for (const [type, title, options = []] of FIELDS) addField(seeding, { type, title, options })
  for (const [category, label, isDefault] of STATUSES)
    addStatus(seeding, category, label, isDefault)
  return { brands, support, alva, bo, admin }
}

function addBrands({ store, nextId, created_at }: Seeding): readonly Brand[] {
  const brands = store.account.brands.map((name, index): Brand => {
    const subdomain = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
    const isDefault = index === 0
    return { id: nextId(), name, subdomain, active: true, default: isDefault, created_at }
  })
  for (const brand of brands) store.brands.set(brand.id, brand)
  return brands
}

function addGroup({ store, nextId, created_at }: Seeding, name: string, isDefault: boolean): Group {
  const group = { id: nextId(), name, description: '', default: isDefault, created_at }
  const withMembers: Group = { ...group, member_ids: [] }
  store.groups.set(group.id, withMembers)
  return withMembers
}

type Person = { readonly name: string; readonly email: string; readonly role: Role }

function addStaff({ store, nextId, created_at }: Seeding, person: Person, group: Group): User {
  const user = seededUser({ id: nextId(), ...person, created_at })
  user.default_group_id = group.id
  for (const one of store.groups.values()) one.member_ids.push(user.id)
  addUser(store, nextId, user)
  return user
}

function addToken({ store, nextId, created_at }: Seeding, token: string, user: User): void {
  const scopes = ['read', 'write']
  const about = { id: nextId(), token, user_id: user.id, scopes, created_at }
  store.tokens.set(token, { ...about, expiresAt: null, clientId: null, refresh: null })
}

type SeededField = {
  readonly type: FieldType
  readonly title: string
  /** Null: a field that every account has. */
  readonly options: readonly string[] | null
}

function addField({ store, nextId, created_at }: Seeding, { type, title, options }: SeededField) {
  const id = nextId()
  const hasOptions = options !== null && options.length > 0
  const custom_field_options = hasOptions
    ? options.map((name) => ({ id: nextId(), name, value: toTag(name) }))
    : null
  const is_custom = options !== null
  const field = { id, type, title, key: null, is_custom, custom_field_options, created_at }
  store.ticketFields.set(id, field)
}

function addStatus(
  { store, nextId, created_at }: Seeding,
  status_category: StatusCategory,
  label: string,
  isDefault: boolean,
): void {
  const id = nextId()
  const labels = { agent_label: label, end_user_label: label, description: '' }
  const status = { id, status_category, ...labels, active: true, default: isDefault, created_at }
  store.customStatuses.set(id, status)
}

/** A user with nothing but a name and an address. */
export function seededUser(given: {
  id: number
  name: string
  email: string
  role: Role
  created_at: string
}): User {
  return {
    ...given,
    phone: null,
    shared_phone_number: null,
    external_id: null,
    verified: true,
    active: true,
    suspended: false,
    tags: [],
    notes: '',
    details: '',
    locale: 'en-US',
    time_zone: 'Stockholm',
    organization_id: null,
    default_group_id: null,
    user_fields: {},
    updated_at: given.created_at,
  }
}

export function addUser(store: ZendeskStore, nextId: () => number, user: User): void {
  store.users.set(user.id, user)
  if (user.email === null) return
  const { created_at, updated_at } = user
  const state = { verified: true, primary: true, created_at, updated_at }
  indexIdentity(store, {
    id: nextId(),
    user_id: user.id,
    type: 'email',
    value: user.email,
    ...state,
  })
}

function toTag(name: string): string {
  return name.toLowerCase().replaceAll(' ', '_')
}
