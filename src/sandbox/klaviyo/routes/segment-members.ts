import type { Call, Routes } from '../call.ts'
import { type Answer, refuseInvalid, refuseNotEmulated, refuseUnknown } from '../errors.ts'
import type { Comparison } from '../filter.ts'
import { pageLinks, paginate, selfOf, sparse, toApiTime } from '../json-api.ts'
import type { RouteParts } from '../parts.ts'
import { toProfileResource } from '../profile-resource.ts'
import { type Query, type QueryRules, readQuery } from '../query.ts'
import { membersOf, segmentsOf } from '../segments/segment.ts'
import { toSegmentResource } from '../segments/segment-resource.ts'

const IDENTIFIER = ['equals', 'any']

const RULES: QueryRules = {
  filter: { profile_id: IDENTIFIER, email: IDENTIFIER, phone_number: IDENTIFIER },
  sort: ['joined_group_at'],
  pageSize: { default: 20, max: 100 },
}

type Member = ReturnType<typeof membersOf>[number]

/** Who is in a segment, and in which segments somebody is. */
export function createSegmentMemberRoutes({ clock }: RouteParts): Routes {
  function members(call: Call, show: (member: Member, query: Query) => unknown): Answer {
    const { account, url, id } = call
    const segment = account.segments.get(id)
    if (segment === undefined) return refuseUnknown('segment', id)
    const read = readQuery(url, RULES)
    if (!read.ok) return read.answer
    const { query } = read
    if (query.additionalOf('profile').includes('predictive_analytics')) {
      return refuseNotEmulated('predictive analytics')
    }
    const found = membersOf(account, segment, clock.now()).filter((member) =>
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

  function segments(
    call: Call,
    show: (segment: Segments[number], query: Query) => unknown,
  ): Answer {
    const read = readQuery(call.url, {})
    if (!read.ok) return read.answer
    const profile = call.account.profiles.get(call.id)
    if (profile === null) return refuseUnknown('profile', call.id)
    const found = segmentsOf(call.account, profile, clock.now())
    const links = { self: selfOf(call.url), next: null, prev: null }
    return { status: 200, body: { data: found.map((each) => show(each, read.query)), links } }
  }

  return {
    get_profiles_for_segment: (call) =>
      members(call, ({ profile, joinedAt }, query) => {
        const { account, url } = call
        const plain = { query, now: clock.now(), hasConversations: false }
        const resource = toProfileResource(profile, { account, origin: url.origin, ...plain })
        const fields = query.fieldsOf('profile')
        if (fields !== undefined && !fields.includes('joined_group_at')) return resource
        const attributes = { ...resource.attributes, joined_group_at: toApiTime(joinedAt) }
        return { ...resource, attributes }
      }),

    get_profile_ids_for_segment: (call) =>
      members(call, ({ profile }) => ({ type: 'profile', id: profile.id })),

    get_segments_for_profile: (call) =>
      segments(call, (segment, query) =>
        sparse(toSegmentResource(segment, call.url.origin), query.fieldsOf('segment')),
      ),

    get_segment_ids_for_profile: (call) => segments(call, ({ id }) => ({ type: 'segment', id })),
  }
}

type Segments = ReturnType<typeof segmentsOf>

function isMatch({ profile }: Member, { field, value }: Comparison): boolean {
  const actual: Readonly<Record<string, string | null>> = {
    profile_id: profile.id,
    email: profile.email,
    phone_number: profile.phoneNumber,
  }
  return [value].flat().includes(actual[field] ?? '')
}
