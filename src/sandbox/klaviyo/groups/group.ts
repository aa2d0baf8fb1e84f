import { type Comparison, passesTime } from '../api/filter.ts'
import type { Resource } from '../api/json-api.ts'
import type { QueryRules } from '../api/query.ts'
import type { SortKeys } from '../api/sort.ts'
import type { Account } from '../entities.ts'
import type { Member } from './members.ts'

/** A list or a segment: some of the account's profiles, under a name. */
export type Group = {
  readonly id: string
  readonly name: string
  readonly createdAt: number
  readonly updatedAt: number
}

/** How one kind of group is kept and shown. */
export type GroupKind<Of extends Group> = {
  readonly type: 'list' | 'segment'
  of(account: Account): Map<string, Of>
  /** Who belongs now, in the order of joining. */
  membersOf(account: Account, group: Of, now: number): readonly Member[]
  toResource(group: Of, origin: string, more?: Readonly<Record<string, unknown>>): Resource
  /** What can be filtered by besides id, name and times. */
  flagsOf(group: Of): Readonly<Record<string, boolean>>
  readonly rules: QueryRules
  readonly memberRules: QueryRules
}

const IDENTIFIER = ['equals', 'any']

/** What groups of both kinds can be asked for. */
export const GROUP_RULES: QueryRules = {
  filter: {
    id: IDENTIFIER,
    name: IDENTIFIER,
    created: ['greater-than'],
    updated: ['greater-than'],
  },
  notEmulated: { include: ['flow-triggers', 'tags'] },
  sort: ['created', 'id', 'name', 'updated'],
  pageSize: { default: 10, max: 10 },
}

/** Without `sort` the order of creation [?]. */
export const GROUP_SORTS: SortKeys<Group> = {
  created: ({ createdAt }) => createdAt,
  updated: ({ updatedAt }) => updatedAt,
  id: ({ id }) => id,
  name: ({ name }) => name,
}

/** Whether a group passes one comparison of a filter. */
export function isMatchingGroup(
  group: Group,
  flags: Readonly<Record<string, boolean>>,
  comparison: Comparison,
): boolean {
  const { field, value } = comparison
  if (field === 'created') return passesTime(group.createdAt, comparison)
  if (field === 'updated') return passesTime(group.updatedAt, comparison)
  const actual = { id: group.id, name: group.name, ...flags }[field]
  return [value].flat().includes(String(actual))
}
