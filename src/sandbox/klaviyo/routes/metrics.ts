import type { Call, Routes } from '../api/call.ts'
import { refuseCursor } from '../api/collection.ts'
import { refuseUnknown } from '../api/errors.ts'
import type { Comparison } from '../api/filter.ts'
import {
  pageLinks,
  paginate,
  type Resource,
  relationship,
  selfLink,
  selfOf,
  sparse,
} from '../api/json-api.ts'
import { type Query, readQuery } from '../api/query.ts'
import type { Account, Metric } from '../entities.ts'
import { toMetricResource } from '../events/metric-resource.ts'
import type { Flow } from '../flows/flow.ts'
import { toFlowResource } from '../flows/flow-resource.ts'
import { stableId } from '../ids.ts'
import type { RouteParts } from '../parts.ts'

/** "Returns a maximum of 200 results per page." */
const PAGE_SIZE = 200
/** How many recent events the property list is read from. */
const SAMPLED_EVENTS = 100
const SAMPLE_VALUES = 5

const FILTERS = { 'integration.name': ['equals'], 'integration.category': ['equals'] }

/** https://developers.klaviyo.com/en/reference/metrics_api_overview */
export function createMetricRoutes({ switches }: RouteParts): Routes {
  const toResource = (metric: Metric, origin: string) => toMetricResource(metric, switches, origin)

  return {
    get_metrics({ account, url }) {
      const read = readQuery(url, { filter: FILTERS, include: ['flow-triggers'] })
      if (!read.ok) return read.answer
      const { query } = read
      const metrics = [...account.metrics.values()]
        .map((metric) => toResource(metric, url.origin))
        .filter((metric) => query.filter.every((comparison) => isMatch(metric, comparison)))
      const page = paginate(metrics, {
        size: PAGE_SIZE,
        cursor: query.cursor,
        keyOf: ({ id }) => id,
      })
      if (page === null) return refuseCursor()
      const data = page.items.map((metric) => withTriggers(account, metric, query))
      const extra = includedFlows(account, page.items, query, url.origin)
      return { status: 200, body: { data, ...extra, links: pageLinks(url, page) } }
    },

    get_metric({ account, url, id }) {
      const read = readQuery(url, { include: ['flow-triggers'] })
      if (!read.ok) return read.answer
      const metric = account.metrics.get(id)
      if (metric === undefined) return refuseUnknown('metric', id)
      const resource = toResource(metric, url.origin)
      const data = withTriggers(account, resource, read.query)
      const extra = includedFlows(account, [resource], read.query, url.origin)
      return { status: 200, body: { data, ...extra, links: { self: selfOf(url) } } }
    },

    get_properties_for_metric: (call) => listProperties(call),
  }
}

/** The metric with the fields that were asked for, and the ids of its flows where they go along. */
function withTriggers(account: Account, metric: Resource, query: Query): Resource {
  const shown = sparse(metric, query.fieldsOf('metric'))
  if (!query.include.has('flow-triggers')) return shown
  const data = flowsOf(account, metric.id).map(({ id }) => ({ type: 'flow', id }))
  return {
    ...shown,
    relationships: { 'flow-triggers': relationship(metric.links, 'flow-triggers', data) },
  }
}

function includedFlows(
  account: Account,
  metrics: readonly Resource[],
  query: Query,
  origin: string,
) {
  if (!query.include.has('flow-triggers')) return {}
  const flows = metrics.flatMap(({ id }) => flowsOf(account, id))
  const included = flows
    .map((flow) => toFlowResource(flow, origin, { hasDefinition: false }))
    .map((resource) => sparse(resource, query.fieldsOf('flow')))
  return { included }
}

function flowsOf({ flows }: Account, metricId: string): readonly Flow[] {
  return [...flows.values()].filter((flow) => flow.metricId === metricId)
}

function isMatch(metric: Resource, { field, value }: Comparison): boolean {
  const integration = metric.attributes?.integration as Record<string, string>
  return integration[field.split('.')[1] ?? ''] === value
}

/** The property names that the metric's latest events carry; ids of properties are opaque. */
function listProperties({ account, url, id }: Call) {
  const read = readQuery(url, {})
  if (!read.ok) return read.answer
  if (!account.metrics.has(id)) return refuseUnknown('metric', id)
  const wantsSamples = read.query.additionalOf('metric-property').includes('sample_values')

  const data = [...sampleValues(account, id)].map(([property, values]) => ({
    type: 'metric-property',
    id: stableId(32, 'metric-property', id, property),
    attributes: {
      label: property,
      property,
      inferred_type: inferType(values[0]),
      ...(wantsSamples ? { sample_values: values.slice(0, SAMPLE_VALUES) } : {}),
    },
    links: selfLink(url.origin, 'metric-properties', stableId(32, 'metric-property', id, property)),
  }))
  return { status: 200, body: { data, links: { self: selfOf(url), next: null, prev: null } } }
}

function sampleValues(account: Account, metricId: string): Map<string, unknown[]> {
  const values = new Map<string, unknown[]>()
  for (const event of account.events.select({ metricIds: [metricId] }).slice(-SAMPLED_EVENTS)) {
    for (const [property, value] of Object.entries(event.properties)) {
      values.set(property, [...new Set([...(values.get(property) ?? []), value])])
    }
  }
  return values
}

/** The specification's example is `List`; the other names are guesses [?]. */
function inferType(value: unknown): string {
  if (Array.isArray(value)) return 'List'
  const names: Record<string, string> = {
    number: 'Number',
    boolean: 'Boolean',
    object: 'Object',
  }
  return names[typeof value] ?? 'Text'
}
