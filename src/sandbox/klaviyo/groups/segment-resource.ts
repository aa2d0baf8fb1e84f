import { type Resource, relationship, selfLink, toApiTime } from '../api/json-api.ts'
import { GROUP_RULES, type GroupKind } from './group.ts'
import { MEMBER_RULES } from './members.ts'
import { membersOf, type Segment } from './segment.ts'

/** A segment as the API shows it. It is never still processing: it is computed when looked at. */
function toSegmentResource(
  segment: Segment,
  origin: string,
  more: Readonly<Record<string, unknown>> = {},
): Resource {
  const links = selfLink(origin, 'segments', segment.id)
  return {
    type: 'segment',
    id: segment.id,
    attributes: {
      name: segment.name,
      definition: segment.definition,
      created: toApiTime(segment.createdAt),
      updated: toApiTime(segment.updatedAt),
      is_active: segment.isActive,
      is_processing: false,
      is_starred: segment.isStarred,
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

export const SEGMENTS: GroupKind<Segment> = {
  type: 'segment',
  of: ({ segments }) => segments,
  membersOf,
  toResource: toSegmentResource,
  flagsOf: ({ isActive, isStarred }) => ({ is_active: isActive, is_starred: isStarred }),
  rules: {
    ...GROUP_RULES,
    filter: { ...GROUP_RULES.filter, is_active: ['equals', 'any'], is_starred: ['equals'] },
  },
  memberRules: {
    ...MEMBER_RULES,
    filter: { ...MEMBER_RULES.filter, profile_id: ['equals', 'any'] },
  },
}
