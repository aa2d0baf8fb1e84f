import type { Routes } from '../api/call.ts'
import { refuseCursor } from '../api/collection.ts'
import { refuseInvalid, refuseNotEmulated, refuseUnknown } from '../api/errors.ts'
import type { Comparison } from '../api/filter.ts'
import { pageLinks, paginate, type Resource, selfOf, sparse } from '../api/json-api.ts'
import { type Query, type QueryRules, readQuery } from '../api/query.ts'
import type { Account } from '../entities.ts'
import { toEventResource } from '../events/event-resource.ts'
import type { StoredEvent } from '../events/event-store.ts'
import { toMetricResource } from '../events/metric-resource.ts'
import type { RouteParts } from '../parts.ts'
import { toProfileResource } from '../profiles/profile-resource.ts'

const COMPARISONS = ['greater-or-equal', 'greater-than', 'less-or-equal', 'less-than']

const RULES: QueryRules = {
  filter: {
    metric_id: ['equals'],
    profile_id: ['equals'],
    metric: ['has'],
    profile: ['has'],
    datetime: COMPARISONS,
    timestamp: COMPARISONS,
  },
  include: ['attributions', 'metric', 'profile'],
  sort: ['datetime', 'timestamp'],
  pageSize: { default: 200, max: 1000 },
}

/** https://developers.klaviyo.com/en/reference/events_api_overview */
export function createEventRoutes({ clock, switches }: RouteParts): Routes {
  function included(
    account: Account,
    events: readonly StoredEvent[],
    query: Query,
    origin: string,
  ) {
    if (query.include.size === 0) return {}
    const resources: Resource[] = []
    if (query.include.has('metric')) {
      const metrics = unique(
        events.map(({ metricId }) => metricId),
        (id) => account.metrics.get(id),
      )
      for (const metric of metrics) {
        resources.push(sparse(toMetricResource(metric, switches, origin), query.fieldsOf('metric')))
      }
    }
    if (query.include.has('profile')) {
      const plain = { query: withoutIncludes(query), now: clock.now(), hasConversations: false }
      const view = { account, origin, ...plain }
      const ids = events.map(({ profileId }) => profileId)
      for (const profile of unique(ids, (id) => account.profiles.get(id))) {
        resources.push(toProfileResource(profile, view))
      }
    }
    return { included: resources }
  }

  return {
    get_events({ account, url }) {
      const read = readQuery(url, RULES)
      if (!read.ok) return read.answer
      const { query } = read
      if (query.include.has('attributions')) return refuseNotEmulated('attributions')
      const wrong = query.filter.find((comparison) => Number.isNaN(limitOf(comparison)))
      if (wrong !== undefined) {
        const detail = `The value of '${wrong.field}' is not a valid date.`
        return refuseInvalid({ detail, source: { parameter: 'filter' } })
      }

      const page = paginate(selectEvents(account, query), {
        size: query.pageSize,
        cursor: query.cursor,
        keyOf: ({ id }) => id,
      })
      if (page === null) return refuseCursor()
      const fields = query.fieldsOf('event')
      const data = page.items.map((event) => sparse(toEventResource(event, url.origin), fields))
      const extra = included(account, page.items, query, url.origin)
      return { status: 200, body: { data, ...extra, links: pageLinks(url, page) } }
    },

    get_event({ account, url, id }) {
      const read = readQuery(url, { include: RULES.include ?? [] })
      if (!read.ok) return read.answer
      if (read.query.include.has('attributions')) return refuseNotEmulated('attributions')
      const event = account.events.get(id)
      if (event === null) return refuseUnknown('event', id)
      const data = sparse(toEventResource(event, url.origin), read.query.fieldsOf('event'))
      const extra = included(account, [event], read.query, url.origin)
      return { status: 200, body: { data, ...extra, links: { self: selfOf(url) } } }
    },
  }
}

/** Newest first without `sort`, as the API does by default [?]. */
function selectEvents(account: Account, query: Query): readonly StoredEvent[] {
  const metricIds = query.filter.find(({ field }) => field === 'metric_id')?.value
  const profileId = query.filter.find(({ field }) => field === 'profile_id')?.value
  const events = account.events
    .select({
      metricIds: metricIds === undefined ? undefined : [metricIds].flat(),
      profileId: profileId === undefined ? undefined : String(profileId),
    })
    .filter((event) => query.filter.every((comparison) => isInTime(event, comparison)))
  const isAscending = query.sort !== null && !query.sort.startsWith('-')
  return isAscending ? events : events.toReversed()
}

function isInTime(event: StoredEvent, comparison: Comparison): boolean {
  const limit = limitOf(comparison)
  if (limit === null) return true
  switch (comparison.operator) {
    case 'greater-than':
      return event.at > limit
    case 'greater-or-equal':
      return event.at >= limit
    case 'less-than':
      return event.at < limit
    default:
      return event.at <= limit
  }
}

/** Milliseconds; null for comparisons that are not about time; NaN for no date. */
function limitOf({ field, value }: Comparison): number | null {
  if (field === 'datetime') return Date.parse(String(value))
  return field === 'timestamp' ? Number(value) * 1000 : null
}

function unique<T>(ids: readonly string[], find: (id: string) => T | null | undefined): T[] {
  return [...new Set(ids)].map(find).filter((item) => item !== null && item !== undefined)
}

/** A profile that is itself included brings nothing further along. */
function withoutIncludes(query: Query): Query {
  return { ...query, include: new Set() }
}
