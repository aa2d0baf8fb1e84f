import type { Call, Routes } from '../api/call.ts'
import { type Answer, refuseUnknown } from '../api/errors.ts'
import { selfOf, sparse } from '../api/json-api.ts'
import { type QueryRules, readQuery } from '../api/query.ts'
import type { Flow } from '../flows/flow.ts'
import { toActionResource } from '../flows/flow-resource.ts'

const COLUMNS = ['action_type', 'created', 'id', 'status', 'updated']

/** Few enough for one page. */
const LIST_RULES: QueryRules = {
  notEmulated: { filter: COLUMNS, sort: COLUMNS },
  pageSize: { default: 50, max: 50 },
}

/** What a flow does, step by step. */
export const flowActionRoutes: Routes = {
  get_actions_for_flow: (call) =>
    withFlow(call, (flow) => {
      const read = readQuery(call.url, LIST_RULES)
      if (!read.ok) return read.answer
      const fields = read.query.fieldsOf('flow-action')
      const toResource = (action: Flow['actions'][number]) =>
        sparse(toActionResource(flow, action, call.url.origin), fields)
      return listed(call, flow.actions.map(toResource))
    }),

  get_action_ids_for_flow: (call) =>
    withFlow(call, (flow) => {
      const read = readQuery(call.url, LIST_RULES)
      if (!read.ok) return read.answer
      const ids = flow.actions.map(({ id }) => ({ type: 'flow-action', id }))
      return listed(call, ids)
    }),

  get_flow_action: (call) => {
    const read = readQuery(call.url, { notEmulated: { include: ['flow', 'flow-messages'] } })
    if (!read.ok) return read.answer
    for (const flow of call.account.flows.values()) {
      const action = flow.actions.find(({ id }) => id === call.id)
      if (action === undefined) continue
      const resource = toActionResource(flow, action, call.url.origin)
      const data = sparse(resource, read.query.fieldsOf('flow-action'))
      return { status: 200, body: { data, links: { self: selfOf(call.url) } } }
    }
    return refuseUnknown('flow-action', call.id)
  },
}

/** Finds the flow of the path, or answers 404. */
export function withFlow({ account, id }: Call, then: (flow: Flow) => Answer): Answer {
  const flow = account.flows.get(id)
  return flow === undefined ? refuseUnknown('flow', id) : then(flow)
}

/** A list without pages. */
export function listed({ url }: Call, data: readonly unknown[]): Answer {
  return { status: 200, body: { data, links: { self: selfOf(url), next: null, prev: null } } }
}
