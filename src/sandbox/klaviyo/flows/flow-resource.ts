import { type Resource, relationship, selfLink, toApiTime } from '../api/json-api.ts'
import type { Flow, FlowAction } from './flow.ts'

/** All flows here are started by a metric. */
export const TRIGGER_TYPE = 'Metric'

/** A flow as the API shows it; with its definition where that was asked for. */
export function toFlowResource(
  flow: Flow,
  origin: string,
  { hasDefinition }: { readonly hasDefinition: boolean },
): Resource {
  const links = selfLink(origin, 'flows', flow.id)
  return {
    type: 'flow',
    id: flow.id,
    attributes: {
      name: flow.name,
      status: flow.status,
      archived: false,
      created: toApiTime(flow.createdAt),
      updated: toApiTime(flow.updatedAt),
      trigger_type: TRIGGER_TYPE,
      ...(hasDefinition ? { definition: toDefinition(flow) } : {}),
    },
    relationships: {
      'flow-actions': relationship(links, 'flow-actions'),
      tags: relationship(links, 'tags'),
    },
    links,
  }
}

function toDefinition(flow: Flow) {
  const { metricId, triggerFilter, profileFilter, reentry } = flow
  const toCondition = (condition: object) => ({
    type: 'metric-property',
    metric_id: metricId,
    ...condition,
  })
  const groups = triggerFilter?.map(({ conditions }) => ({
    conditions: conditions.map(toCondition),
  }))
  return {
    triggers: [
      {
        type: 'metric',
        id: metricId,
        trigger_filter: groups === undefined ? null : { condition_groups: groups },
      },
    ],
    profile_filter: profileFilter === null ? null : { condition_groups: profileFilter },
    actions: flow.actions.map(toActionDefinition),
    entry_action_id: flow.entryActionId,
    reentry_criteria:
      reentry.kind === 'given' ? { duration: reentry.duration, unit: reentry.unit } : null,
  }
}

/** An action as a definition shows it: without its temporary id, which only a creation has. */
function toActionDefinition(action: FlowAction) {
  const base = { id: action.id, type: action.type, links: { next: action.next } }
  switch (action.type) {
    case 'time-delay':
      return { ...base, data: action.definition }
    case 'send-sms':
      return { ...base, data: { status: action.status, message: action.message.definition } }
    case 'send-webhook': {
      const { id, name, url, headers, body } = action.message
      return { ...base, data: { status: action.status, message: { id, name, url, headers, body } } }
    }
  }
}

export function toActionResource(flow: Flow, action: FlowAction, origin: string): Resource {
  const links = selfLink(origin, 'flow-actions', action.id)
  return {
    type: 'flow-action',
    id: action.id,
    attributes: {
      created: toApiTime(flow.createdAt),
      updated: toApiTime(flow.updatedAt),
      definition: toActionDefinition(action),
    },
    relationships: {
      flow: relationship(links, 'flow', { type: 'flow', id: flow.id }),
      'flow-messages': relationship(links, 'flow-messages'),
    },
    links,
  }
}
