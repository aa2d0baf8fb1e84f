import type { Call } from '../api/call.ts'
import { showCollection } from '../api/collection.ts'
import { type Answer, refuseNotEmulated } from '../api/errors.ts'
import { type Comparison, passesTime } from '../api/filter.ts'
import { type Resource, toApiTime } from '../api/json-api.ts'
import type { Query, QueryRules } from '../api/query.ts'
import type { Profile } from '../entities.ts'
import { toProfileResource } from '../profiles/profile-resource.ts'

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

/** One page of members; they come in the order of joining. */
export function showMembers(
  call: Call,
  rules: QueryRules,
  items: readonly Member[],
  toResource: (member: Member, query: Query) => Resource | { type: string; id: string },
): Answer {
  const asked = call.url.searchParams.get('additional-fields[profile]')?.split(',') ?? []
  if (asked.includes('predictive_analytics')) return refuseNotEmulated('predictive analytics')
  const keyOf = ({ profile }: Member) => profile.id
  return showCollection(call, { rules, items, keyOf, isMatch, toResource })
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
