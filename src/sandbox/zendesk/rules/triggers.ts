import { viaRule } from '../actor.ts'
import type { Rule } from '../entities/rules.ts'
import type { AuditEvent } from '../entities/tickets.ts'
import { applyPatch, changesBetween } from '../tickets/ticket-changes.ts'
import { holds, type RuleScene } from './conditions.ts'
import { patchOf } from './rule-actions.ts'
import { notify, type Outlets } from './rule-notifications.ts'

/**
 * Runs the active triggers in their order. After one that changed the ticket it starts over with
 * those that have not run yet; each runs at most once an update [M]. The answer is what the audit
 * records.
 * https://support.zendesk.com/hc/en-us/articles/4408822236058
 */
export function runTriggers(outlets: Outlets, scene: RuleScene): AuditEvent[] {
  const waiting = [...outlets.store.triggers.values()].filter((trigger) => trigger.active)
  waiting.sort((a, b) => a.position - b.position)
  const events: AuditEvent[] = []
  let next = waiting.findIndex((trigger) => holds(trigger.conditions, scene))
  while (next !== -1) {
    const [trigger] = waiting.splice(next, 1)
    const done = trigger === undefined ? [] : carryOut(outlets, trigger, scene)
    events.push(...done)
    const from = done.some(({ type }) => type === 'Change') ? 0 : next
    next = waiting.findIndex((one, index) => index >= from && holds(one.conditions, scene))
  }
  return events
}

/** The changes first: what is told shows the ticket as the trigger left it [I]. */
function carryOut(outlets: Outlets, trigger: Rule, scene: RuleScene): AuditEvent[] {
  const { store } = outlets
  const { record } = scene
  const before = record.ticket
  const via = viaRule(trigger, 'trigger')
  for (const action of trigger.actions) {
    record.ticket = applyPatch(store, record.ticket, patchOf(action, record.ticket, scene.actor))
  }
  const told = notify(outlets, trigger, scene).map((event) => ({ ...event, via }))
  const changed = changesBetween(before, record.ticket).map(({ field, previous, value }) => {
    const change = { field_name: field, previous_value: previous, value }
    return { id: store.nextId(), type: 'Change', via, ...change }
  })
  return [...told, ...changed]
}
