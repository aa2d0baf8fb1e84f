import { z } from 'zod'
import { readBody, reference } from '../body.ts'
import type { Call, Routes } from '../call.ts'
import { type Answer, refuseInvalid, refuseUnknown } from '../errors.ts'
import { MEMBER_RULES, type Member, showMembers, toMemberResource } from '../group-members.ts'
import { selfOf, sparse } from '../json-api.ts'
import { listsOf, membersOnList, type ProfileList, toListResource } from '../lists/profile-list.ts'
import type { RouteParts } from '../parts.ts'
import { type Query, readQuery } from '../query.ts'

/** "A maximum of 1000 profiles per call." */
const PROFILES = z.object({ data: z.array(reference('profile')).min(1).max(1_000) })

/** Who is on a list, and on which lists somebody is. Neither has to do with consent. */
export function createListMemberRoutes({ clock }: RouteParts): Routes {
  function members(call: Call, show: (member: Member, query: Query) => unknown): Answer {
    const list = call.account.lists.get(call.id)
    if (list === undefined) return refuseUnknown('list', call.id)
    return showMembers(call, MEMBER_RULES, () => membersOnList(call.account, list), show)
  }

  function lists(call: Call, show: (list: ProfileList, query: Query) => unknown): Answer {
    const read = readQuery(call.url, {})
    if (!read.ok) return read.answer
    const profile = call.account.profiles.get(call.id)
    if (profile === null) return refuseUnknown('profile', call.id)
    const data = listsOf(call.account, profile).map((list) => show(list, read.query))
    const links = { self: selfOf(call.url), next: null, prev: null }
    return { status: 200, body: { data, links } }
  }

  function changeMembers(call: Call, change: (list: ProfileList, id: string) => void): Answer {
    const list = call.account.lists.get(call.id)
    if (list === undefined) return refuseUnknown('list', call.id)
    const read = readBody(PROFILES, call.body)
    if (!read.ok) return read.answer
    const ids = read.value.data.map(({ id }) => id)
    const missing = ids.find((id) => call.account.profiles.get(id) === null)
    if (missing !== undefined) {
      return refuseInvalid({ detail: `The profile ${missing} does not exist.` })
    }
    for (const id of ids) change(list, id)
    return { status: 204 }
  }

  return {
    get_profiles_for_list: (call) =>
      members(call, (member, query) => toMemberResource(call, member, query, clock.now())),

    get_profile_ids_for_list: (call) =>
      members(call, ({ profile }) => ({ type: 'profile', id: profile.id })),

    add_profiles_to_list: (call) =>
      changeMembers(call, ({ joinedAt }, id) => {
        if (!joinedAt.has(id)) joinedAt.set(id, clock.now())
      }),

    remove_profiles_from_list: (call) =>
      changeMembers(call, ({ joinedAt }, id) => joinedAt.delete(id)),

    get_lists_for_profile: (call) =>
      lists(call, (list, query) =>
        sparse(toListResource(list, call.url.origin), query.fieldsOf('list')),
      ),

    get_list_ids_for_profile: (call) => lists(call, ({ id }) => ({ type: 'list', id })),
  }
}
