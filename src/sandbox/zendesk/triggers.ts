import { viaRule } from './actor.ts'
import { holds, type RuleScene } from './conditions.ts'
import type { AuditEvent, Rule, User } from './entities.ts'
import { fillPlaceholders } from './placeholders.ts'
import { patchOf } from './rule-actions.ts'
import type { ZendeskStore } from './store.ts'
import { applyPatch, changesBetween } from './ticket-changes.ts'
import { asList, asText, toWireTime } from './wire.ts'

/**
 * Runs the active triggers once, in their order, each on what the earlier ones left. Zendesk starts
 * over after a change; no seeded trigger depends on that. The answer is what the audit records.
 */
export function runTriggers(store: ZendeskStore, scene: RuleScene): AuditEvent[] {
  const active = [...store.triggers.values()].filter((trigger) => trigger.active)
  active.sort((a, b) => a.position - b.position)
  return active
    .filter((trigger) => holds(trigger.conditions, scene))
    .flatMap((trigger) => carryOut(store, trigger, scene))
}

function carryOut(store: ZendeskStore, trigger: Rule, scene: RuleScene): AuditEvent[] {
  const { record } = scene
  const before = record.ticket
  const via = viaRule(trigger, 'trigger')
  const events: AuditEvent[] = []

  for (const action of trigger.actions) {
    if (action.field === 'notification_user') {
      const recipients = sendEmails(store, trigger, asList(action.value), scene)
      if (recipients.length > 0) {
        events.push({ id: store.nextId(), type: 'Notification', via, recipients })
      }
    } else {
      record.ticket = applyPatch(store, record.ticket, patchOf(action, record.ticket, scene.actor))
    }
  }

  for (const { field, previous, value } of changesBetween(before, record.ticket)) {
    const change = { field_name: field, previous_value: previous, value }
    events.push({ id: store.nextId(), type: 'Change', via, ...change })
  }
  return events
}

/** Mails everybody whom the action names and who has an address; answers their ids. */
function sendEmails(
  store: ZendeskStore,
  trigger: Rule,
  [recipient, subject, body]: unknown[],
  scene: RuleScene,
): number[] {
  const words = { store, record: scene.record, currentUser: scene.actor.user }
  const addressees = recipientsOf(store, asText(recipient) ?? '', scene)
  for (const { email } of addressees) {
    store.emails.push({
      to: email,
      subject: fillPlaceholders(asText(subject) ?? '', words),
      body: fillPlaceholders(asText(body) ?? '', words),
      ticketId: scene.record.ticket.id,
      rule: trigger.title,
      at: toWireTime(scene.now),
    })
  }
  return addressees.map(({ id }) => id)
}

function recipientsOf(
  store: ZendeskStore,
  recipient: string,
  { record, actor, updateType }: RuleScene,
): (User & { email: string })[] {
  const { requester_id, assignee_id } = record.ticket
  const ids: Record<string, number | null> = {
    requester_id,
    requester_and_ccs: requester_id,
    assignee_id,
    current_user: actor.user?.id ?? null,
  }
  const id = ids[recipient] ?? Number(recipient)
  // [I] Nobody is mailed about their own reply.
  if (updateType === 'Change' && id === actor.user?.id) return []
  const user = store.users.get(id)
  return user === undefined || user.email === null ? [] : [{ ...user, email: user.email }]
}
