import { z } from 'zod'
import { readBody, reference } from '../api/body.ts'
import type { Call, Routes } from '../api/call.ts'
import { type Answer, refuseInvalid } from '../api/errors.ts'
import { createGroupReads } from '../groups/group-reads.ts'
import { LISTS, OPT_IN_PROCESSES, type ProfileList } from '../groups/profile-list.ts'
import { newFlowId } from '../ids.ts'
import type { RouteParts } from '../parts.ts'

const optInProcess = z.enum(OPT_IN_PROCESSES).nullish()

const CREATE = z.object({
  data: z.object({
    type: z.literal('list'),
    attributes: z.object({ name: z.string().min(1), opt_in_process: optInProcess }),
  }),
})

const UPDATE = z.object({
  data: z.object({
    type: z.literal('list'),
    id: z.string(),
    attributes: z.object({ name: z.string().min(1).nullish(), opt_in_process: optInProcess }),
  }),
})

/** "A maximum of 1000 profiles per call." */
const PROFILES = z.object({ data: z.array(reference('profile')).min(1).max(1_000) })

/** Lists have nothing to do with consent. https://developers.klaviyo.com/en/reference/lists_api_overview */
export function createListRoutes({ clock }: RouteParts): Routes {
  const lists = createGroupReads(LISTS, clock)

  function changeMembers(call: Call, change: (list: ProfileList, id: string) => void): Answer {
    return lists.withGroup(call, (list) => {
      const read = readBody(PROFILES, call.body)
      if (!read.ok) return read.answer
      const ids = read.value.data.map(({ id }) => id)
      const missing = ids.find((id) => call.account.profiles.get(id) === null)
      if (missing !== undefined) {
        return refuseInvalid({ detail: `The profile ${missing} does not exist.` })
      }
      for (const id of ids) change(list, id)
      return { status: 204 }
    })
  }

  return {
    get_lists: lists.all,
    get_list: lists.one,
    delete_list: lists.remove,
    get_profiles_for_list: lists.members,
    get_profile_ids_for_list: lists.memberIds,
    get_lists_for_profile: lists.ofProfile,
    get_list_ids_for_profile: lists.idsOfProfile,
    get_tags_for_list: lists.nothing,
    get_tag_ids_for_list: lists.nothing,
    get_flows_triggered_by_list: lists.nothing,
    get_ids_for_flows_triggered_by_list: lists.nothing,

    create_list(call) {
      const read = readBody(CREATE, call.body)
      if (!read.ok) return read.answer
      const list = toList(read.value.data.attributes, clock.now())
      call.account.lists.set(list.id, list)
      return lists.show(call, list, 201)
    },

    update_list: (call) =>
      lists.withGroup(call, (list) => {
        const read = readBody(UPDATE, call.body)
        if (!read.ok) return read.answer
        const { name, opt_in_process } = read.value.data.attributes
        list.name = name ?? list.name
        list.optInProcess = opt_in_process ?? list.optInProcess
        list.updatedAt = clock.now()
        return lists.show(call, list, 200)
      }),

    add_profiles_to_list: (call) =>
      changeMembers(call, ({ joinedAt }, id) => {
        if (!joinedAt.has(id)) joinedAt.set(id, clock.now())
      }),

    remove_profiles_from_list: (call) =>
      changeMembers(call, ({ joinedAt }, id) => joinedAt.delete(id)),
  }
}

type Given = z.infer<typeof CREATE>['data']['attributes']

function toList({ name, opt_in_process }: Given, now: number): ProfileList {
  return {
    id: newFlowId(),
    name,
    // Accounts start with double opt-in [M].
    optInProcess: opt_in_process ?? 'double_opt_in',
    createdAt: now,
    updatedAt: now,
    joinedAt: new Map(),
  }
}
