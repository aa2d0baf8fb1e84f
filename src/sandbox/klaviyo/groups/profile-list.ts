import { type Resource, relationship, selfLink, toApiTime } from '../api/json-api.ts'
import type { Account } from '../entities.ts'
import { GROUP_RULES, type GroupKind } from './group.ts'
import { MEMBER_RULES } from './members.ts'

export const OPT_IN_PROCESSES = ['double_opt_in', 'single_opt_in'] as const

/** A list that profiles are put on. */
export type ProfileList = {
  readonly id: string
  name: string
  optInProcess: (typeof OPT_IN_PROCESSES)[number]
  readonly createdAt: number
  updatedAt: number
  /** Since when each profile is on it, by profile id, in order of joining. */
  readonly joinedAt: Map<string, number>
}

/** Who is on the list, in order of joining; a profile that was merged away is not. */
function membersOnList({ profiles }: Account, { joinedAt }: ProfileList) {
  return [...joinedAt].flatMap(([id, at]) => {
    const profile = profiles.get(id)
    return profile === null ? [] : [{ profile, joinedAt: at }]
  })
}

function toListResource(
  list: ProfileList,
  origin: string,
  more: Readonly<Record<string, unknown>> = {},
): Resource {
  const links = selfLink(origin, 'lists', list.id)
  return {
    type: 'list',
    id: list.id,
    attributes: {
      name: list.name,
      created: toApiTime(list.createdAt),
      updated: toApiTime(list.updatedAt),
      opt_in_process: list.optInProcess,
      ...more,
    },
    relationships: {
      profiles: relationship(links, 'profiles'),
      tags: relationship(links, 'tags'),
      'flow-triggers': relationship(links, 'flow-triggers'),
    },
    links,
  }
}

export const LISTS: GroupKind<ProfileList> = {
  type: 'list',
  of: ({ lists }) => lists,
  membersOf: membersOnList,
  toResource: toListResource,
  flagsOf: () => ({}),
  rules: GROUP_RULES,
  memberRules: MEMBER_RULES,
}
