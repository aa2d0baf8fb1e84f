import { asList, asText, toWireTime } from '../api/wire.ts'
import type { User } from '../entities/people.ts'
import type { Rule } from '../entities/rules.ts'
import type { AuditEvent } from '../entities/tickets.ts'
import type { ZendeskStore } from '../store.ts'
import { fillPlaceholders } from '../tickets/placeholders.ts'
import type { EventDelivery } from '../webhooks/webhook-delivery.ts'
import type { RuleScene } from './conditions.ts'

/** What rules tell the outside world through. */
export type Outlets = { readonly store: ZendeskStore; readonly delivery: EventDelivery }

/**
 * Carries out what a rule tells people and webhooks, and answers what the audit records of it. How
 * an audit records a webhook's call is not known, so it records none.
 */
export function notify({ store, delivery }: Outlets, rule: Rule, scene: RuleScene): AuditEvent[] {
  const words = { store, record: scene.record, currentUser: scene.actor.user }
  return rule.actions.flatMap(({ field, value }): AuditEvent[] => {
    const [first, ...rest] = asList(value)
    if (field === 'notification_webhook') {
      delivery.sendTo(asText(first) ?? '', fillPlaceholders(asText(rest[0]) ?? '', words))
      return []
    }
    if (field !== 'notification_user') return []
    const recipients = sendEmails(store, rule, asList(value), scene)
    return recipients.length === 0 ? [] : [{ id: store.nextId(), type: 'Notification', recipients }]
  })
}

/** Mails everybody whom the action names and who has an address; answers their ids. */
function sendEmails(
  store: ZendeskStore,
  rule: Rule,
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
      rule: rule.title,
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
