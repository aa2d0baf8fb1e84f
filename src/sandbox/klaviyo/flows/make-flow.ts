import { notEmulatedIn } from '../conditions/condition-body.ts'
import { newFlowId } from '../ids.ts'
import type { Flow, FlowAction } from './flow.ts'
import type { FlowDefinition, GivenAction } from './flow-body.ts'
import { notEmulatedInTemplate } from './template.ts'

const MINUTE = 60_000
const DELAY_MS = { minutes: MINUTE, hours: 60 * MINUTE, days: 24 * 60 * MINUTE } as const

/** What of a definition the sandbox does not run, in words; null when it runs all of it. */
export function notEmulatedInFlow({ triggers, profile_filter, actions }: FlowDefinition) {
  const [trigger] = triggers
  if (trigger?.type !== 'metric') return `flows with the trigger ${trigger?.type}`
  const conditions = (trigger.trigger_filter?.condition_groups ?? []).flatMap(
    (group) => group.conditions,
  )
  if (conditions.some(({ filter }) => filter.type === 'not emulated')) {
    return 'trigger filters of this type'
  }
  const inProfiles = profile_filter ? notEmulatedIn(profile_filter.condition_groups) : null
  return inProfiles ?? actions.map(notEmulatedInAction).find((each) => each !== null) ?? null
}

function notEmulatedInAction(action: GivenAction): string | null {
  switch (action.type) {
    case 'not emulated':
      return `flow actions of the type ${action.name}`
    case 'time-delay':
      return null
    case 'send-sms':
      if (action.data.message.message_hierarchy) return 'message_hierarchy'
      return notEmulatedInTemplate(action.data.message.body)
    case 'send-webhook': {
      const { url, body, headers } = action.data.message
      const templates = [url, body ?? '', ...Object.values(headers ?? {})]
      return templates.map(notEmulatedInTemplate).find((each) => each !== null) ?? null
    }
  }
}

/** An action that a link or the entry names and that is not there; null when all are. */
export function danglingLink({ actions, entry_action_id }: FlowDefinition): string | null {
  const known = new Set(actions.map(({ temporary_id }) => temporary_id))
  const named = [entry_action_id, ...actions.map(({ links }) => links?.next)]
  return named.find((id) => id && !known.has(id)) ?? null
}

/** A new flow, whose temporary ids have become real ones. It is a draft, as Klaviyo's are. */
export function makeFlow(name: string, definition: FlowDefinition, now: number): Flow {
  const id = newFlowId()
  const ids = new Map(
    definition.actions.map(({ temporary_id }, at) => [temporary_id, `${toNumber(id)}${at + 1}`]),
  )
  const [trigger] = definition.triggers
  const { reentry_criteria: reentry } = definition
  return {
    id,
    name,
    status: 'draft',
    createdAt: now,
    updatedAt: now,
    metricId: trigger?.id ?? '',
    triggerFilter: trigger?.trigger_filter?.condition_groups ?? null,
    profileFilter: definition.profile_filter?.condition_groups ?? null,
    actions: definition.actions.flatMap((action) => toAction(action, ids)),
    entryActionId: ids.get(definition.entry_action_id) ?? '',
    reentry: reentry ? { kind: 'given', ...reentry } : { kind: 'not given' },
    entries: new Map(),
  }
}

function toAction(action: GivenAction, ids: ReadonlyMap<string, string>): FlowAction[] {
  const id = ids.get(action.temporary_id) ?? ''
  const next = ids.get(action.links?.next ?? '') ?? null
  switch (action.type) {
    case 'time-delay': {
      const { unit, value } = action.data
      return [
        { id, next, type: action.type, waitMs: value * DELAY_MS[unit], definition: action.data },
      ]
    }
    case 'send-sms': {
      const { status, message } = action.data
      const { body, add_org_prefix: addsOrgPrefix } = message
      const messageId = newFlowId()
      const definition = { ...message, id: messageId }
      return [
        {
          id,
          next,
          type: action.type,
          status,
          message: { id: messageId, body, addsOrgPrefix, definition },
        },
      ]
    }
    case 'send-webhook': {
      const { status, message } = action.data
      const { name = null, url, headers, body } = message
      const made = { id: newFlowId(), name, url, headers: headers ?? {}, body: body ?? '' }
      return [{ id, next, type: action.type, status, message: made }]
    }
    case 'not emulated':
      return []
  }
}

/** Ids of actions are digits in Klaviyo's examples. */
function toNumber(id: string): number {
  return [...id].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 1_000_000, 7)
}
