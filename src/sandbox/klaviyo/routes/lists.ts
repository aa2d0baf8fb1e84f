import { z } from 'zod'
import { readBody } from '../body.ts'
import type { Call, Routes } from '../call.ts'
import { type Answer, refuseInvalid, refuseUnknown } from '../errors.ts'
import { type Comparison, passesTime } from '../filter.ts'
import { newFlowId } from '../ids.ts'
import { pageLinks, paginate, sparse } from '../json-api.ts'
import {
  membersOnList,
  OPT_IN_PROCESSES,
  type ProfileList,
  toListResource,
} from '../lists/profile-list.ts'
import type { RouteParts } from '../parts.ts'
import { type QueryRules, readQuery } from '../query.ts'
import { type SortKeys, sortBy } from '../sort.ts'

const RULES: QueryRules = {
  filter: {
    id: ['equals', 'any'],
    name: ['equals', 'any'],
    created: ['greater-than'],
    updated: ['greater-than'],
  },
  notEmulated: { include: ['flow-triggers', 'tags'] },
  sort: ['created', 'id', 'name', 'updated'],
  pageSize: { default: 10, max: 10 },
}

/** Without `sort` the order of creation [?]. */
const SORT_KEYS: SortKeys<ProfileList> = {
  created: ({ createdAt }) => createdAt,
  updated: ({ updatedAt }) => updatedAt,
  id: ({ id }) => id,
  name: ({ name }) => name,
}

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

/** https://developers.klaviyo.com/en/reference/lists_api_overview */
export function createListRoutes({ clock }: RouteParts): Routes {
  return {
    get_lists: showLists,

    create_list(call) {
      const read = readBody(CREATE, call.body)
      if (!read.ok) return read.answer
      const { name, opt_in_process } = read.value.data.attributes
      const now = clock.now()
      const list: ProfileList = {
        id: newFlowId(),
        name,
        // Accounts start with double opt-in [M].
        optInProcess: opt_in_process ?? 'double_opt_in',
        createdAt: now,
        updatedAt: now,
        joinedAt: new Map(),
      }
      call.account.lists.set(list.id, list)
      return show(call, list, 201)
    },

    get_list: (call) =>
      withList(call, (list) => {
        const read = readQuery(call.url, { notEmulated: RULES.notEmulated ?? {} })
        if (!read.ok) return read.answer
        const wantsCount = read.query.additionalOf('list').includes('profile_count')
        const { length } = wantsCount ? membersOnList(call.account, list) : []
        return show(call, list, 200, wantsCount ? { profile_count: length } : {})
      }),

    update_list: (call) =>
      withList(call, (list) => {
        const read = readBody(UPDATE, call.body)
        if (!read.ok) return read.answer
        const { name, opt_in_process } = read.value.data.attributes
        list.name = name ?? list.name
        list.optInProcess = opt_in_process ?? list.optInProcess
        list.updatedAt = clock.now()
        return show(call, list, 200)
      }),

    delete_list: (call) =>
      withList(call, ({ id }) => {
        call.account.lists.delete(id)
        return { status: 204 }
      }),
  }
}

function withList({ account, id }: Call, then: (list: ProfileList) => Answer): Answer {
  const list = account.lists.get(id)
  return list === undefined ? refuseUnknown('list', id) : then(list)
}

function show({ url }: Call, list: ProfileList, status: number, more: object = {}): Answer {
  const read = readQuery(url, {})
  if (!read.ok) return read.answer
  const resource = toListResource(list, url.origin, { ...more })
  const data = sparse(resource, read.query.fieldsOf('list'))
  return { status, body: { data, links: { self: resource.links.self } } }
}

function showLists({ account, url }: Call): Answer {
  const read = readQuery(url, RULES)
  if (!read.ok) return read.answer
  const { query } = read
  const lists = [...account.lists.values()].filter((list) =>
    query.filter.every((comparison) => isMatch(list, comparison)),
  )
  const { pageSize: size, cursor } = query
  const page = paginate(sortBy(lists, query.sort, SORT_KEYS), {
    size,
    cursor,
    keyOf: ({ id }) => id,
  })
  if (page === null) {
    return refuseInvalid({ detail: 'Invalid cursor.', source: { parameter: 'page[cursor]' } })
  }
  const data = page.items.map((list) =>
    sparse(toListResource(list, url.origin), query.fieldsOf('list')),
  )
  return { status: 200, body: { data, links: pageLinks(url, page) } }
}

function isMatch(list: ProfileList, comparison: Comparison): boolean {
  const { field, value } = comparison
  if (field === 'created') return passesTime(list.createdAt, comparison)
  if (field === 'updated') return passesTime(list.updatedAt, comparison)
  return [value].flat().includes(field === 'id' ? list.id : list.name)
}
