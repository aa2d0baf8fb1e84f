import type { ConditionGroups } from '../conditions/condition-body.ts'
import { meetsConditions } from '../conditions/meets-conditions.ts'
import type { Account } from '../entities.ts'
import type { Member } from './members.ts'

export type Segment = {
  readonly id: string
  name: string
  groups: ConditionGroups
  /** The definition as it was given. */
  definition: Readonly<Record<string, unknown>>
  isStarred: boolean
  isActive: boolean
  readonly createdAt: number
  updatedAt: number
  /** Since when each member has been seen to belong, by profile id. */
  readonly joinedAt: Map<string, number>
}

/**
 * Who belongs now, in the order of joining. A segment is computed when it is looked at, so
 * `joined_group_at` is when somebody was first seen in it [I].
 */
export function membersOf(account: Account, segment: Segment, now: number): readonly Member[] {
  const profiles = account.profiles
    .list()
    .filter((profile) => meetsConditions({ account, profile, now }, segment.groups))
  const ids = new Set(profiles.map(({ id }) => id))
  for (const id of segment.joinedAt.keys()) if (!ids.has(id)) segment.joinedAt.delete(id)
  for (const id of ids) if (!segment.joinedAt.has(id)) segment.joinedAt.set(id, now)
  return profiles
    .map((profile) => ({ profile, joinedAt: segment.joinedAt.get(profile.id) ?? now }))
    .toSorted((a, b) => a.joinedAt - b.joinedAt)
}
