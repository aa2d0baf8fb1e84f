import type { Reason } from '../../conversations/reasons.ts'
import { findConversationOfTicket } from '../../db/conversation-store.ts'
import type { WorkItem } from '../../db/records.ts'
import { err, ok } from '../../kernel/result.ts'
import {
  isChosenBrand,
  metricOf,
  onTicketEvent,
  type TicketEvent,
} from '../../metrics/on-ticket-event.ts'
import type { TicketFacts } from '../../metrics/ticket-facts.ts'
import type { TicketField } from '../../zendesk/account.ts'
import { isNotFound } from '../../zendesk/refusal.ts'
import type { TicketWithPeople } from '../../zendesk/ticket-with-people.ts'
import { parseZendeskEvent } from '../../zendesk/webhook/parse.ts'
import type { Run } from '../run.ts'
import { toTicketEvent } from '../translate-zendesk.ts'
import type { Concern } from './concern.ts'
import { gatherWait } from './gather-wait.ts'

/** `refused`: Zendesk does not let us see the ticket, and asking again would not help. */
type MetricFacts =
  | { readonly kind: 'ticket'; readonly ticket: TicketFacts }
  | { readonly kind: 'gone' | 'refused' | 'not_needed' }

/** A ticket opened or closed, toward Klaviyo's metrics. */
export const ticketMetric: Concern<MetricFacts> = {
  async gather(run) {
    const event = eventOf(run.item)
    if (metricOf(event) === null || isOfOtherBrand(run, event)) return ok({ kind: 'not_needed' })
    const read = await run.bridge.zendesk.tickets.show(event.ticketId)
    if (read.ok) return ok({ kind: 'ticket', ticket: await toFacts(run, read.value) })
    if (isNotFound(read.problem)) return ok({ kind: 'gone' })
    if (read.problem.kind === 'refused') return ok({ kind: 'refused' })
    return err(gatherWait(run, read.problem, 'Zendesk'))
  },

  async decide(run, _tx, facts) {
    const event = eventOf(run.item)
    const settled = (reason: Reason) => ({
      decision: { reason, effects: [] },
      conversationId: null,
    })
    if (isOfOtherBrand(run, event)) return settled('brand_not_chosen')
    if (facts.kind === 'refused') return settled('ticket_unreadable')
    const ticket = facts.kind === 'ticket' ? facts.ticket : null
    const decision = onTicketEvent(event, ticket, run.bridge.metricsPolicy, run.deps.clock.now())
    return { decision, conversationId: null }
  },
}

function isOfOtherBrand({ bridge }: Run, { brandId }: TicketEvent): boolean {
  return brandId !== null && !isChosenBrand(brandId, bridge.metricsPolicy)
}

function eventOf(item: WorkItem) {
  return toTicketEvent(parseZendeskEvent(item.event.payload))
}

async function toFacts(
  { deps, bridge, item }: Run,
  ticket: TicketWithPeople,
): Promise<TicketFacts> {
  const conversation = await findConversationOfTicket(deps.db, item.bridgeId, ticket.id)
  return {
    id: ticket.id,
    subject: ticket.subject || null,
    description: ticket.description || null,
    status: ticket.status ?? 'deleted',
    priority: ticket.priority,
    type: ticket.type,
    tags: ticket.tags,
    viaChannel: ticket.viaChannel,
    viaSource: null,
    brandId: ticket.brandId,
    assignee:
      ticket.assignee === null
        ? null
        : { name: ticket.assignee.name, email: ticket.assignee.email },
    groupName: ticket.group?.name ?? null,
    requester: {
      id: ticket.requesterId ?? '',
      name: ticket.requester?.name ?? null,
      email: ticket.requester?.email ?? null,
      phone: ticket.requester?.phone ?? null,
    },
    fields: Object.fromEntries(
      ticket.customFields.map(({ id, value }) => titled(id, value, bridge.ticketFields)),
    ),
    createdAt: ticket.createdAt,
    agentUrl: ticket.agentUrl,
    conversation:
      conversation === null
        ? null
        : { channel: conversation.channel, profileId: conversation.profileId },
  }
}

/** A custom field by its title, with the labels of its options instead of their tags. */
function titled(id: string, value: unknown, fields: readonly TicketField[]): [string, unknown] {
  const field = fields.find((candidate) => candidate.id === id)
  const label = (one: unknown) =>
    field?.options?.find((option) => option.value === one)?.name ?? one
  return [field?.title || id, Array.isArray(value) ? value.map(label) : label(value)]
}
