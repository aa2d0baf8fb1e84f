import { readBody } from '../body.ts'
import type { Call, Routes } from '../call.ts'
import { notEmulatedIn } from '../conditions/condition-body.ts'
import { type Answer, refuseInvalid, refuseNotEmulated, refuseUnknown } from '../errors.ts'
import { type Comparison, passesTime } from '../filter.ts'
import { newFlowId } from '../ids.ts'
import { pageLinks, paginate, sparse } from '../json-api.ts'
import type { RouteParts } from '../parts.ts'
import { type QueryRules, readQuery } from '../query.ts'
import { membersOf, type Segment } from '../segments/segment.ts'
import {
  createSegmentBody,
  type SegmentChanges,
  updateSegmentBody,
} from '../segments/segment-body.ts'
import { toSegmentResource } from '../segments/segment-resource.ts'
import { type SortKeys, sortBy } from '../sort.ts'

const RULES: QueryRules = {
  filter: {
    id: ['equals', 'any'],
    name: ['equals', 'any'],
    is_active: ['equals', 'any'],
    is_starred: ['equals'],
    created: ['greater-than'],
    updated: ['greater-than'],
  },
  notEmulated: { include: ['flow-triggers', 'tags'] },
  sort: ['created', 'id', 'name', 'updated'],
  pageSize: { default: 10, max: 10 },
}

/** Without `sort` the order of creation [?]. */
const SORT_KEYS: SortKeys<Segment> = {
  created: ({ createdAt }) => createdAt,
  updated: ({ updatedAt }) => updatedAt,
  id: ({ id }) => id,
  name: ({ name }) => name,
}

/** https://developers.klaviyo.com/en/reference/segments_api_overview */
export function createSegmentRoutes({ clock }: RouteParts): Routes {
  return {
    get_segments: listSegments,

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
      return show(call, segment, 201)
    },

    get_segment: (call) =>
      withSegment(call, (segment) => {
        const read = readQuery(call.url, { notEmulated: RULES.notEmulated ?? {} })
        if (!read.ok) return read.answer
        const wantsCount = read.query.additionalOf('segment').includes('profile_count')
        const { length } = wantsCount ? membersOf(call.account, segment, clock.now()) : []
        return show(call, segment, 200, wantsCount ? { profile_count: length } : {})
      }),

    update_segment: (call) =>
      withSegment(call, (segment) => {
        const read = readBody(updateSegmentBody, call.body)
        if (!read.ok) return read.answer
        const { attributes } = read.value.data
        const missing = notEmulatedIn(attributes.definition?.groups ?? [])
        if (missing !== null) return refuseNotEmulated(missing)
        change(segment, attributes)
        segment.updatedAt = clock.now()
        return show(call, segment, 200)
      }),

    delete_segment: (call) =>
      withSegment(call, ({ id }) => {
        call.account.segments.delete(id)
        return { status: 204 }
      }),
  }
}

function withSegment({ account, id }: Call, then: (segment: Segment) => Answer): Answer {
  const segment = account.segments.get(id)
  return segment === undefined ? refuseUnknown('segment', id) : then(segment)
}

function change(segment: Segment, given: SegmentChanges): void {
  segment.name = given.name ?? segment.name
  segment.groups = given.definition?.groups ?? segment.groups
  segment.definition = given.definition?.given ?? segment.definition
  segment.isStarred = given.is_starred ?? segment.isStarred
  segment.isActive = given.is_active ?? segment.isActive
}

function show({ url }: Call, segment: Segment, status: number, more: object = {}): Answer {
  const read = readQuery(url, {})
  if (!read.ok) return read.answer
  const resource = toSegmentResource(segment, url.origin, { ...more })
  const data = sparse(resource, read.query.fieldsOf('segment'))
  return { status, body: { data, links: { self: resource.links.self } } }
}

function listSegments({ account, url }: Call): Answer {
  const read = readQuery(url, RULES)
  if (!read.ok) return read.answer
  const { query } = read
  const segments = [...account.segments.values()].filter((segment) =>
    query.filter.every((comparison) => isMatch(segment, comparison)),
  )
  const { pageSize: size, cursor } = query
  const page = paginate(sortBy(segments, query.sort, SORT_KEYS), {
    size,
    cursor,
    keyOf: ({ id }) => id,
  })
  if (page === null) {
    return refuseInvalid({ detail: 'Invalid cursor.', source: { parameter: 'page[cursor]' } })
  }
  const data = page.items.map((segment) =>
    sparse(toSegmentResource(segment, url.origin), query.fieldsOf('segment')),
  )
  return { status: 200, body: { data, links: pageLinks(url, page) } }
}

function isMatch(segment: Segment, comparison: Comparison): boolean {
  const { field, value } = comparison
  if (field === 'created') return passesTime(segment.createdAt, comparison)
  if (field === 'updated') return passesTime(segment.updatedAt, comparison)
  const actual: Readonly<Record<string, string>> = {
    id: segment.id,
    name: segment.name,
    is_active: String(segment.isActive),
    is_starred: String(segment.isStarred),
  }
  return [value].flat().includes(actual[field] ?? '')
}
