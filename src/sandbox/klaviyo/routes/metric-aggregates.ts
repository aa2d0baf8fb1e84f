import { z } from 'zod'
import { readBody } from '../api/body.ts'
import type { Routes } from '../api/call.ts'
import { refuseInvalid, refuseNotEmulated, refuseUnknown } from '../api/errors.ts'
import { parseFilter } from '../api/filter.ts'
import { selfLink, sparse, toApiTime } from '../api/json-api.ts'
import { readQuery } from '../api/query.ts'
import type { StoredEvent } from '../events/event-store.ts'
import { stableId } from '../ids.ts'

const HOUR = 3_600_000
const INTERVAL_MS = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR } as const
/** "Up to one year." */
const LONGEST_RANGE_MS = 366 * 24 * HOUR
const ATTRIBUTES = '/data/attributes'

const QUERY = z.object({
  data: z.object({
    type: z.literal('metric-aggregate'),
    attributes: z.looseObject({
      metric_id: z.string().min(1),
      measurements: z.array(z.enum(['count', 'sum_value', 'unique'])).min(1),
      interval: z.enum(['hour', 'day', 'week', 'month']).nullish(),
      by: z.array(z.string()).nullish(),
      filter: z.array(z.string()).min(2),
      timezone: z.string().nullish(),
      sort: z.string().nullish(),
      page_cursor: z.string().nullish(),
      page_size: z.number().int().nullish(),
    }),
  }),
})

type Attributes = z.infer<typeof QUERY>['data']['attributes']

/** https://developers.klaviyo.com/en/docs/using-the-query-metric-aggregates-endpoint */
export const metricAggregateRoutes: Routes = {
  query_metric_aggregates({ account, url, body }) {
    const read = readBody(QUERY, body)
    if (!read.ok) return read.answer
    const asked = readQuery(url, {})
    if (!asked.ok) return asked.answer
    const { attributes } = read.value.data
    const missing = notEmulatedIn(attributes)
    if (missing !== null) return refuseNotEmulated(missing)
    const range = readRange(attributes.filter)
    if (typeof range === 'string') {
      return refuseInvalid({ detail: range, source: { pointer: `${ATTRIBUTES}/filter` } })
    }
    const { metric_id: metricId } = attributes
    if (!account.metrics.has(metricId)) return refuseUnknown('metric', metricId)

    const events = account.events
      .select({ metricIds: [metricId] })
      .filter(({ at }) => at >= range.from && at < range.to)
    const id = stableId(32, 'metric-aggregate', account.id, JSON.stringify(attributes))
    const links = selfLink(url.origin, 'metric-aggregates', id)
    const resource = {
      type: 'metric-aggregate',
      id,
      attributes: aggregate(events, attributes, range),
      links,
    }
    const data = sparse(resource, asked.query.fieldsOf('metric-aggregate'))
    return { status: 200, body: { data, links: { self: links.self } } }
  },
}

function notEmulatedIn({ interval, timezone, page_cursor, sort }: Attributes): string | null {
  if (interval === 'month') return 'aggregates by month'
  if (timezone && timezone !== 'UTC') return `aggregates in the timezone ${timezone}`
  if (page_cursor) return 'further pages of aggregates'
  return sort ? 'sorted aggregates' : null
}

type Range = { readonly from: number; readonly to: number }

/** Both ends are required: `greater-or-equal(datetime,…)` and `less-than(datetime,…)`. */
function readRange(filters: readonly string[]): Range | string {
  const rules = { datetime: ['greater-or-equal', 'less-than'] }
  const parsed = parseFilter(filters.join(','), rules)
  if (!parsed.ok) return parsed.detail
  const at = (operator: string) => {
    const value = parsed.comparisons.find((each) => each.operator === operator)?.value
    const text = String(value ?? '')
    // A time without a zone is in the timezone of the query, which is UTC here.
    return Date.parse(/T[\d:.]+$/.test(text) ? `${text}Z` : text)
  }
  const range = { from: at('greater-or-equal'), to: at('less-than') }
  if (Number.isNaN(range.from) || Number.isNaN(range.to)) return 'A range of dates is required.'
  if (range.to <= range.from) return 'The range of dates is empty.'
  return range.to - range.from > LONGEST_RANGE_MS ? 'The range is longer than one year.' : range
}

function aggregate(events: readonly StoredEvent[], attributes: Attributes, range: Range) {
  const step = INTERVAL_MS[attributes.interval as keyof typeof INTERVAL_MS] ?? INTERVAL_MS.day
  const starts = bucketStarts(range, step)
  const groups = Map.groupBy(events, ({ properties }) =>
    JSON.stringify((attributes.by ?? []).map((name) => String(properties[name] ?? ''))),
  )
  if (groups.size === 0 && (attributes.by ?? []).length === 0) groups.set('[]', [])
  const data = [...groups].map(([dimensions, members]) => {
    const buckets = starts.map((from) => members.filter(({ at }) => at >= from && at < from + step))
    const measured = attributes.measurements.map((name) => [name, buckets.map(MEASURES[name])])
    return {
      dimensions: JSON.parse(dimensions) as string[],
      measurements: Object.fromEntries(measured),
    }
  })
  return { dates: starts.map((at) => toApiTime(at)), data }
}

/** Intervals begin on the hour or at midnight, UTC; a week begins where the range does [I]. */
function bucketStarts({ from, to }: Range, step: number): number[] {
  const align = step === INTERVAL_MS.week ? INTERVAL_MS.day : step
  const first = Math.floor(from / align) * align
  return Array.from({ length: Math.ceil((to - first) / step) }, (_, at) => first + at * step)
}

const MEASURES = {
  count: (events: readonly StoredEvent[]) => events.length,
  sum_value: (events: readonly StoredEvent[]) =>
    events.reduce((sum, { value }) => sum + (value ?? 0), 0),
  unique: (events: readonly StoredEvent[]) =>
    new Set(events.map(({ profileId }) => profileId)).size,
} as const
