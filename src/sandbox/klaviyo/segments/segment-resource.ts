import { type Resource, relationship, selfLink, toApiTime } from '../json-api.ts'
import type { Segment } from './segment.ts'

/** A segment as the API shows it. It is never still processing: it is computed when looked at. */
export function toSegmentResource(
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
