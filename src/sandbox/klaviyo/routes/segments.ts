import { readBody } from '../api/body.ts'
import type { Routes } from '../api/call.ts'
import { refuseNotEmulated } from '../api/errors.ts'
import { notEmulatedIn } from '../conditions/condition-body.ts'
import { createGroupReads } from '../groups/group-reads.ts'
import type { Segment } from '../groups/segment.ts'
import {
  createSegmentBody,
  type SegmentChanges,
  updateSegmentBody,
} from '../groups/segment-body.ts'
import { SEGMENTS } from '../groups/segment-resource.ts'
import { newFlowId } from '../ids.ts'
import type { RouteParts } from '../parts.ts'

/** https://developers.klaviyo.com/en/reference/segments_api_overview */
export function createSegmentRoutes({ clock }: RouteParts): Routes {
  const segments = createGroupReads(SEGMENTS, clock)

  return {
    get_segments: segments.all,
    get_segment: segments.one,
    delete_segment: segments.remove,
    get_profiles_for_segment: segments.members,
    get_profile_ids_for_segment: segments.memberIds,
    get_segments_for_profile: segments.ofProfile,
    get_segment_ids_for_profile: segments.idsOfProfile,
    get_tags_for_segment: segments.nothing,
    get_tag_ids_for_segment: segments.nothing,
    get_flows_triggered_by_segment: segments.nothing,
    get_ids_for_flows_triggered_by_segment: segments.nothing,

    create_segment(call) {
      const read = readBody(createSegmentBody, call.body)
      if (!read.ok) return read.answer
      const { name, definition, is_starred } = read.value.data.attributes
      const missing = notEmulatedIn(definition.groups)
      if (missing !== null) return refuseNotEmulated(missing)
      const now = clock.now()
      const segment: Segment = {
        id: newFlowId(),
        name,
        groups: definition.groups,
        definition: definition.given,
        isStarred: is_starred ?? false,
        isActive: true,
        createdAt: now,
        updatedAt: now,
        joinedAt: new Map(),
      }
      call.account.segments.set(segment.id, segment)
      return segments.show(call, segment, 201)
    },

    update_segment: (call) =>
      segments.withGroup(call, (segment) => {
        const read = readBody(updateSegmentBody, call.body)
        if (!read.ok) return read.answer
        const { attributes } = read.value.data
        const missing = notEmulatedIn(attributes.definition?.groups ?? [])
        if (missing !== null) return refuseNotEmulated(missing)
        change(segment, attributes)
        segment.updatedAt = clock.now()
        return segments.show(call, segment, 200)
      }),
  }
}

function change(segment: Segment, given: SegmentChanges): void {
  segment.name = given.name ?? segment.name
  segment.groups = given.definition?.groups ?? segment.groups
  segment.definition = given.definition?.given ?? segment.definition
  segment.isStarred = given.is_starred ?? segment.isStarred
  segment.isActive = given.is_active ?? segment.isActive
}
