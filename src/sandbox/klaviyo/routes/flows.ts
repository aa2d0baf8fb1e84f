import { readBody } from '../api/body.ts'
import type { Call, Routes } from '../api/call.ts'
import { type Answer, refuseInvalid, refuseNotEmulated, refuseUnknown } from '../api/errors.ts'
import { type Resource, sparse } from '../api/json-api.ts'
import { readQuery } from '../api/query.ts'
import type { Account } from '../entities.ts'
import { startsNoFlow } from '../events/metrics.ts'
import type { Flow } from '../flows/flow.ts'
import { createFlowBody, type FlowDefinition, updateFlowBody } from '../flows/flow-body.ts'
import { toFlowResource } from '../flows/flow-resource.ts'
import { danglingLink, makeFlow, notEmulatedInFlow } from '../flows/make-flow.ts'
import type { RouteParts } from '../parts.ts'
import { listed, withFlow } from './flow-actions.ts'
import { FLOW_RULES, listFlows } from './flow-list.ts'

const DEFINITION = '/data/attributes/definition'

/** https://developers.klaviyo.com/en/reference/flows_api_overview */
export function createFlowRoutes({ clock }: RouteParts): Routes {
  return {
    get_flows: listFlows,

    create_flow(call) {
      const read = readBody(createFlowBody, call.body)
      if (!read.ok) return read.answer
      const { name, definition } = read.value.data.attributes
      const refused = refuseDefinition(call.account, definition)
      if (refused !== null) return refused
      const flow = makeFlow(name, definition, clock.now())
      call.account.flows.set(flow.id, flow)
      return show(call, flow, { status: 201, hasDefinition: true })
    },

    get_flow: (call) =>
      withFlow(call, (flow) => {
        const read = readQuery(call.url, { notEmulated: FLOW_RULES.notEmulated ?? {} })
        if (!read.ok) return read.answer
        const hasDefinition = read.query.additionalOf('flow').includes('definition')
        return show(call, flow, { status: 200, hasDefinition })
      }),

    update_flow: (call) =>
      withFlow(call, (flow) => {
        const read = readBody(updateFlowBody, call.body)
        if (!read.ok) return read.answer
        const { status } = read.value.data.attributes
        flow.status = status
        for (const action of flow.actions) if (action.type !== 'time-delay') action.status = status
        flow.updatedAt = clock.now()
        return show(call, flow, { status: 200, hasDefinition: false })
      }),

    delete_flow: (call) =>
      withFlow(call, ({ id }) => {
        call.account.flows.delete(id)
        return { status: 204 }
      }),

    get_flows_triggered_by_metric: (call) =>
      triggeredBy(call, (flow) => toFlowResource(flow, call.url.origin, { hasDefinition: false })),

    get_ids_for_flows_triggered_by_metric: (call) =>
      triggeredBy(call, ({ id }) => ({ type: 'flow', id })),
  }
}

function refuseDefinition(account: Account, definition: FlowDefinition): Answer | null {
  const missing = notEmulatedInFlow(definition)
  if (missing !== null) return refuseNotEmulated(missing)
  const dangling = danglingLink(definition)
  if (dangling !== null) {
    const detail = `There is no action '${dangling}' in the definition.`
    return refuseInvalid({ detail, source: { pointer: `${DEFINITION}/actions` } })
  }
  const metric = account.metrics.get(definition.triggers[0]?.id ?? '')
  if (metric !== undefined && !startsNoFlow(metric)) return null
  const detail =
    metric === undefined ? 'The metric does not exist.' : 'This metric cannot trigger a flow.'
  return refuseInvalid({ detail, source: { pointer: `${DEFINITION}/triggers/0/id` } })
}

function show(
  { url }: Call,
  flow: Flow,
  { status, hasDefinition }: { readonly status: number; readonly hasDefinition: boolean },
): Answer {
  const read = readQuery(url, {})
  if (!read.ok) return read.answer
  const resource = toFlowResource(flow, url.origin, { hasDefinition })
  const data = sparse(resource, read.query.fieldsOf('flow'))
  return { status, body: { data, links: { self: resource.links.self } } }
}

function triggeredBy(call: Call, toItem: (flow: Flow) => Resource | object): Answer {
  if (!call.account.metrics.has(call.id)) return refuseUnknown('metric', call.id)
  const flows = [...call.account.flows.values()].filter(({ metricId }) => metricId === call.id)
  return listed(call, flows.map(toItem))
}
