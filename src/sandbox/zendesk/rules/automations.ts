import { systemActor, viaChannel, viaRule } from '../actor.ts'
import { isProblem } from '../api/errors.ts'
import type { ZendeskDoubts } from '../doubts.ts'
import type { Rule } from '../entities/rules.ts'
import type { TicketRecord } from '../entities/tickets.ts'
import { livingTickets, type ZendeskStore } from '../store.ts'
import type { TicketPatch } from '../tickets/ticket-changes.ts'
import type { TicketOperations } from '../tickets/ticket-operations.ts'
import type { EventDelivery } from '../webhooks/webhook-delivery.ts'
import { holds } from './conditions.ts'
import { patchOf } from './rule-actions.ts'
import { notify } from './rule-notifications.ts'

type Parts = {
  readonly store: ZendeskStore
  readonly doubts: ZendeskDoubts
  readonly operations: TicketOperations
  readonly delivery: EventDelivery
}

const SYSTEM_CLOSE_MS = 28 * 24 * 3_600_000

/**
 * Zendesk's hourly run: each active automation on each ticket that is not closed, then the close
 * 28 days after solving, which no rule can prevent. Answers how many tickets changed.
 * https://support.zendesk.com/hc/en-us/articles/4408894213018
 */
export function runAutomations(parts: Parts, now: number): number {
  const changed = new Set<number>()
  const active = [...parts.store.automations.values()].filter((rule) => rule.active)
  active.sort((a, b) => a.position - b.position)
  for (const record of livingTickets(parts.store)) {
    const { id } = record.ticket
    for (const rule of active) if (runOne(parts, rule, record, now)) changed.add(id)
    if (closeAfter28Days(parts, record, now)) changed.add(id)
  }
  return changed.size
}

function runOne(parts: Parts, rule: Rule, record: TicketRecord, now: number): boolean {
  if (record.ticket.status === 'closed') return false
  const actor = systemActor(viaRule(rule, 'automation'))
  const scene = { record, before: null, updateType: null, comment: null, actor, now }
  if (!holds(rule.conditions, scene)) return false

  const patches = rule.actions.map((action) => patchOf(action, record.ticket, actor))
  const patch: TicketPatch = Object.assign({}, ...patches)
  const change = { record, patch, comment: null, actor, ...eventsFor(parts, patch) }
  const written = parts.operations.change(change)
  if (isProblem(written)) return false
  const told = notify(parts, rule, scene).map((event) => ({ ...event, via: actor.via }))
  written.audit.events.push(...told)
  return true
}

function closeAfter28Days(parts: Parts, record: TicketRecord, now: number): boolean {
  const { solved } = record.statusReachedAt
  if (record.ticket.status !== 'solved' || solved === undefined) return false
  if (now - solved < SYSTEM_CLOSE_MS) return false
  const patch: TicketPatch = { status: 'closed' }
  const actor = systemActor(viaChannel('system'))
  parts.operations.change({ record, patch, comment: null, actor, ...eventsFor(parts, patch) })
  return true
}

function eventsFor({ doubts }: Parts, patch: TicketPatch): { without?: readonly ['events'] } {
  const isQuiet = patch.status === 'closed' && doubts.closeByRuleSendsEvent() === 'off'
  return isQuiet ? { without: ['events'] } : {}
}
