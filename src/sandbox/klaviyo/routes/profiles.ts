import type { Routes } from '../api/call.ts'
import { refuseCursor } from '../api/collection.ts'
import { refuseInvalid, refuseNotEmulated, refuseUnknown } from '../api/errors.ts'
import type { Comparison } from '../api/filter.ts'
import { pageLinks, paginate, selfOf } from '../api/json-api.ts'
import { type Query, type QueryRules, readQuery } from '../api/query.ts'
import { type SortKeys, sortBy } from '../api/sort.ts'
import type { Profile } from '../entities.ts'
import type { RouteParts } from '../parts.ts'
import { includedConversations, toProfileResource } from '../profiles/profile-resource.ts'
import { parsePhoneNumber } from '../texts/phone-numbers.ts'

const IDENTIFIER = ['equals', 'any']

/** Consent to e-mail is not emulated. */
const EMAIL_CONSENT = ['list_suppressions', 'suppression'].flatMap((kind) => [
  `subscriptions.email.marketing.${kind}.reason`,
  `subscriptions.email.marketing.${kind}.timestamp`,
  `subscriptions.email.marketing.${kind}.list_id`,
])

const RULES: QueryRules = {
  filter: {
    id: IDENTIFIER,
    email: IDENTIFIER,
    phone_number: IDENTIFIER,
    external_id: IDENTIFIER,
    created: ['greater-than', 'less-than'],
    updated: ['greater-than', 'less-than'],
  },
  notEmulated: { filter: ['_kx', ...EMAIL_CONSENT], sort: EMAIL_CONSENT },
  include: ['conversations', 'push-tokens'],
  sort: ['created', 'email', 'id', 'updated'],
  pageSize: { default: 20, max: 100 },
}

/** Without `sort` the order of creation [?]. */
const SORT_KEYS: SortKeys<Profile> = {
  created: ({ createdAt }) => createdAt,
  updated: ({ updatedAt }) => updatedAt,
  id: ({ id }) => id,
  email: ({ email }) => email ?? '',
}

/** https://developers.klaviyo.com/en/reference/profiles_api_overview */
export function createProfileRoutes({ clock }: RouteParts): Routes {
  return {
    get_profiles({ account, url }) {
      const read = readQuery(url, RULES)
      if (!read.ok) return read.answer
      const { query } = read
      if (isBeyondSandbox(query)) return refuseNotEmulated('push tokens and predictive analytics')
      const wrongNumber = findWrongNumber(query.filter)
      if (wrongNumber !== null) {
        const detail = `'${wrongNumber}' is not a valid phone number.`
        return refuseInvalid({ detail, source: { parameter: 'filter' } })
      }

      const matches = account.profiles
        .list()
        .filter((profile) => query.filter.every((comparison) => isMatch(profile, comparison)))
      const page = paginate(sortBy(matches, query.sort, SORT_KEYS), {
        size: query.pageSize,
        cursor: query.cursor,
        keyOf: ({ id }) => id,
      })
      if (page === null) return refuseCursor()
      const view = { account, origin: url.origin, query, now: clock.now() }
      const data = page.items.map((profile) => toProfileResource(profile, view))
      const included = includedConversations(page.items, view)
      return {
        status: 200,
        body: { data, ...withIncluded(query, included), links: pageLinks(url, page) },
      }
    },

    get_profile({ account, url, id }) {
      const { filter: _, ...rules } = RULES
      const read = readQuery(url, {
        ...rules,
        include: [...(rules.include ?? []), 'lists', 'segments'],
      })
      if (!read.ok) return read.answer
      if (isBeyondSandbox(read.query)) {
        return refuseNotEmulated('lists, segments, push tokens and predictive analytics')
      }
      const profile = account.profiles.get(id)
      if (profile === null) return refuseUnknown('profile', id)
      const view = { account, origin: url.origin, query: read.query, now: clock.now() }
      const data = toProfileResource(profile, view)
      const included = includedConversations([profile], view)
      const links = { self: selfOf(url) }
      return { status: 200, body: { data, ...withIncluded(read.query, included), links } }
    },
  }
}

function withIncluded(query: Query, included: readonly unknown[]) {
  return query.include.size > 0 ? { included } : {}
}

function isBeyondSandbox(query: Query): boolean {
  return (
    [...query.include].some((name) => name !== 'conversations') ||
    query.additionalOf('profile').includes('predictive_analytics')
  )
}

function findWrongNumber(filter: readonly Comparison[]): string | null {
  const numbers = filter
    .filter(({ field }) => field === 'phone_number')
    .flatMap(({ value }) => value)
  return numbers.find((number) => parsePhoneNumber(number) === null) ?? null
}

function isMatch(profile: Profile, { operator, field, value }: Comparison): boolean {
  if (field === 'created' || field === 'updated') {
    const at = field === 'created' ? profile.createdAt : profile.updatedAt
    const limit = Date.parse(String(value))
    return operator === 'greater-than' ? at > limit : at < limit
  }
  const actual = identifierOf(profile, field)
  return (
    actual !== null &&
    [value].flat().some((wanted) => normal(field, wanted) === normal(field, actual))
  )
}

function normal(field: string, value: string): string {
  return field === 'email' ? value.toLowerCase() : value
}

function identifierOf(profile: Profile, field: string): string | null {
  switch (field) {
    case 'id':
      return profile.id
    case 'email':
      return profile.email
    case 'phone_number':
      return profile.phoneNumber
    default:
      return profile.externalId
  }
}
