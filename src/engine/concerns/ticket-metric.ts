import { findConversationOfTicket } from '../../db/conversation-store.ts'
import type { Tx, WorkItem } from '../../db/records.ts'
import { SECOND } from '../../kernel/instant.ts'
import { err, ok } from '../../kernel/result.ts'
import { isChosenBrand, metricOf, onTicketEvent } from '../../metrics/on-ticket-event.ts'
import type { TicketFacts } from '../../metrics/ticket-facts.ts'
import type { TicketField } from '../../zendesk/account.ts'
import { isNotFound } from '../../zendesk/refusal.ts'
import type { TicketWithPeople } from '../../zendesk/ticket-with-people.ts'
import { parseZendeskEvent } from '../../zendesk/webhook/parse.ts'
import { waitAfter } from '../retry.ts'
import { toTicketEvent } from '../translate-zendesk.ts'
import type { Concern } from './concern.ts'

/** A ticket opened or closed, toward Klaviyo's metrics. */
export const ticketMetric: Concern<TicketFacts | null> = {
  async gather(deps, bridge, item) {
    const event = eventOf(item)
    const isOther = event.brandId !== null && !isChosenBrand(event.brandId, bridge.metricsPolicy)
    if (metricOf(event) === null || isOther) return ok(null)
    const read = await bridge.zendesk.tickets.show(event.ticketId)
    if (read.ok) return ok(await toFacts(deps.db, item, read.value, bridge.ticketFields))
    if (isNotFound(read.problem)) return ok(null)
    if (read.problem.kind === 'refused')
      return err({
        waitMs: 60 * SECOND,
        because: `Zendesk refused to show the ticket: ${read.problem.detail}`,
      })
    return err(
      waitAfter(
        read.problem,
        'Zendesk',
        Math.floor((deps.clock.now() - item.createdAt) / (5 * SECOND)),
        deps.jitter(),
      ),
    )
  },

  async decide(_deps, _tx, bridge, item, facts) {
    const event = eventOf(item)
    const isOther = event.brandId !== null && !isChosenBrand(event.brandId, bridge.metricsPolicy)
    if (isOther)
      return { decision: { reason: 'brand_not_chosen', effects: [] }, conversationId: null }
    return { decision: onTicketEvent(event, facts, bridge.metricsPolicy), conversationId: null }
  },
}

function eventOf(item: WorkItem) {
  return toTicketEvent(parseZendeskEvent(item.event.payload))
}

async function toFacts(
  db: Tx,
  item: WorkItem,
  ticket: TicketWithPeople,
  fields: readonly TicketField[],
): Promise<TicketFacts> {
  const conversation = await findConversationOfTicket(db, item.bridgeId, ticket.id)
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
      ticket.customFields.map(({ id, value }) => titled(id, value, fields)),
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
