import type { Call, Routes } from '../call.ts'
import { type Answer, refuseUnknown } from '../errors.ts'
import { MEMBER_RULES, type Member, showMembers, toMemberResource } from '../group-members.ts'
import { selfOf, sparse } from '../json-api.ts'
import type { RouteParts } from '../parts.ts'
import { type Query, type QueryRules, readQuery } from '../query.ts'
import { membersOf, type Segment, segmentsOf } from '../segments/segment.ts'
import { toSegmentResource } from '../segments/segment-resource.ts'

const RULES: QueryRules = {
  ...MEMBER_RULES,
  filter: { ...MEMBER_RULES.filter, profile_id: ['equals', 'any'] },
}

/** Who is in a segment, and in which segments somebody is. */
export function createSegmentMemberRoutes({ clock }: RouteParts): Routes {
  function members(call: Call, show: (member: Member, query: Query) => unknown): Answer {
    const segment = call.account.segments.get(call.id)
    if (segment === undefined) return refuseUnknown('segment', call.id)
    return showMembers(call, RULES, () => membersOf(call.account, segment, clock.now()), show)
  }

  function segments(call: Call, show: (segment: Segment, query: Query) => unknown): Answer {
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
      members(call, (member, query) => toMemberResource(call, member, query, clock.now())),

    get_profile_ids_for_segment: (call) =>
      members(call, ({ profile }) => ({ type: 'profile', id: profile.id })),

    get_segments_for_profile: (call) =>
      segments(call, (segment, query) =>
        sparse(toSegmentResource(segment, call.url.origin), query.fieldsOf('segment')),
      ),

    get_segment_ids_for_profile: (call) => segments(call, ({ id }) => ({ type: 'segment', id })),
  }
}
