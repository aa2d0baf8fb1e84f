import type { Call } from '../api/call.ts'
import { showCollection } from '../api/collection.ts'
import type { Answer } from '../api/errors.ts'
import { type Comparison, passesTime } from '../api/filter.ts'
import type { QueryRules } from '../api/query.ts'
import type { SortKeys } from '../api/sort.ts'
import type { Flow } from '../flows/flow.ts'
import { TRIGGER_TYPE, toFlowResource } from '../flows/flow-resource.ts'

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
export function listFlows(call: Call): Answer {
  return showCollection(call, {
    rules: FLOW_RULES,
    items: [...call.account.flows.values()],
    sortKeys: SORT_KEYS,
    keyOf: ({ id }) => id,
    isMatch,
    toResource: (flow) => toFlowResource(flow, call.url.origin, { hasDefinition: false }),
  })
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
