import type { Call } from './call.ts'
import type { Profile } from './entities.ts'
import { type Answer, refuseInvalid, refuseNotEmulated } from './errors.ts'
import { type Comparison, passesTime } from './filter.ts'
import { pageLinks, paginate, type Resource, toApiTime } from './json-api.ts'
import { toProfileResource } from './profile-resource.ts'
import { type Query, type QueryRules, readQuery } from './query.ts'

const IDENTIFIER = ['equals', 'any']

/** What the members of a list and of a segment can be asked for. */
export const MEMBER_RULES: QueryRules = {
  filter: {
    email: IDENTIFIER,
    phone_number: IDENTIFIER,
    joined_group_at: ['greater-or-equal', 'greater-than', 'less-or-equal', 'less-than'],
  },
  notEmulated: { filter: ['_kx', 'push_token'] },
  sort: ['joined_group_at'],
  pageSize: { default: 20, max: 100 },
}

export type Member = { readonly profile: Profile; readonly joinedAt: number }

/** One page of members, filtered and in the order that was asked for. */
export function showMembers(
  { url }: Call,
  rules: QueryRules,
  findMembers: () => readonly Member[],
  show: (member: Member, query: Query) => unknown,
): Answer {
  const read = readQuery(url, rules)
  if (!read.ok) return read.answer
  const { query } = read
  if (query.additionalOf('profile').includes('predictive_analytics')) {
    return refuseNotEmulated('predictive analytics')
  }
  const found = findMembers().filter((member) =>
    query.filter.every((comparison) => isMatch(member, comparison)),
  )
  const page = paginate(query.sort?.startsWith('-') ? found.toReversed() : found, {
    size: query.pageSize,
    cursor: query.cursor,
    keyOf: ({ profile }) => profile.id,
  })
  if (page === null) {
    return refuseInvalid({ detail: 'Invalid cursor.', source: { parameter: 'page[cursor]' } })
  }
  const data = page.items.map((member) => show(member, query))
  return { status: 200, body: { data, links: pageLinks(url, page) } }
}

/** A member as a profile with the time of its joining. */
export function toMemberResource(
  { account, url }: Call,
  { profile, joinedAt }: Member,
  query: Query,
  now: number,
): Resource {
  const view = { account, origin: url.origin, query, now, hasConversations: false }
  const resource = toProfileResource(profile, view)
  const fields = query.fieldsOf('profile')
  if (fields !== undefined && !fields.includes('joined_group_at')) return resource
  const attributes = { ...resource.attributes, joined_group_at: toApiTime(joinedAt) }
  return { ...resource, attributes }
}

function isMatch({ profile, joinedAt }: Member, comparison: Comparison): boolean {
  const { field, value } = comparison
  if (field === 'joined_group_at') return passesTime(joinedAt, comparison)
  const actual: Readonly<Record<string, string | null>> = {
    profile_id: profile.id,
    email: profile.email,
    phone_number: profile.phoneNumber,
  }
  return [value].flat().includes(actual[field] ?? '')
}
