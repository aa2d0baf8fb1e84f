import type { Call } from '../call.ts'
import { type Answer, refuseInvalid } from '../errors.ts'
import { type Comparison, passesTime } from '../filter.ts'
import type { Flow } from '../flows/flow.ts'
import { TRIGGER_TYPE, toFlowResource } from '../flows/flow-resource.ts'
import { pageLinks, paginate, sparse } from '../json-api.ts'
import { type QueryRules, readQuery } from '../query.ts'
import { type SortKeys, sortBy } from '../sort.ts'

const TIMES = ['equals', 'greater-or-equal', 'greater-than', 'less-or-equal', 'less-than']

/** What flows can be asked for. */
export const FLOW_RULES: QueryRules = {
  filter: {
    id: ['any'],
    name: ['equals', 'contains', 'starts-with', 'ends-with'],
    status: ['equals'],
    archived: ['equals'],
    trigger_type: ['equals'],
    created: TIMES,
    updated: TIMES,
  },
  notEmulated: { include: ['flow-actions', 'tags'] },
  sort: ['created', 'id', 'name', 'status', 'trigger_type', 'updated'],
  pageSize: { default: 50, max: 50 },
}

/** Without `sort` the order of creation [?]. */
const SORT_KEYS: SortKeys<Flow> = {
  created: ({ createdAt }) => createdAt,
  updated: ({ updatedAt }) => updatedAt,
  id: ({ id }) => id,
  name: ({ name }) => name,
  status: ({ status }) => status,
  trigger_type: () => TRIGGER_TYPE,
}

/** The flows of the account, page by page. */
export function listFlows({ account, url }: Call): Answer {
  const read = readQuery(url, FLOW_RULES)
  if (!read.ok) return read.answer
  const { query } = read
  const flows = [...account.flows.values()].filter((flow) =>
    query.filter.every((comparison) => isMatch(flow, comparison)),
  )
  const { pageSize: size, cursor } = query
  const page = paginate(sortBy(flows, query.sort, SORT_KEYS), {
    size,
    cursor,
    keyOf: ({ id }) => id,
  })
  if (page === null) {
    return refuseInvalid({ detail: 'Invalid cursor.', source: { parameter: 'page[cursor]' } })
  }
  const data = page.items.map((flow) =>
    sparse(toFlowResource(flow, url.origin, { hasDefinition: false }), query.fieldsOf('flow')),
  )
  return { status: 200, body: { data, links: pageLinks(url, page) } }
}

function isMatch(flow: Flow, comparison: Comparison): boolean {
  const { field, operator, value } = comparison
  if (field === 'created') return passesTime(flow.createdAt, comparison)
  if (field === 'updated') return passesTime(flow.updatedAt, comparison)
  const known: Readonly<Record<string, string>> = {
    id: flow.id,
    name: flow.name,
    status: flow.status,
    archived: 'false',
    trigger_type: TRIGGER_TYPE,
  }
  const actual = known[field] ?? ''
  const [wanted = ''] = [value].flat()
  switch (operator) {
    case 'contains':
      return actual.includes(wanted)
    case 'starts-with':
      return actual.startsWith(wanted)
    case 'ends-with':
      return actual.endsWith(wanted)
    default:
      return [value].flat().includes(actual)
  }
}
