import { type Actor, viaChannel } from '../actor.ts'
import { closedTicket, notEmulated, notFound, type Problem } from '../api/errors.ts'
import type { User } from '../entities/people.ts'
import type { TicketRecord } from '../entities/tickets.ts'
import { findTicket } from '../store.ts'
import { mergedInto } from '../webhooks/webhook-events.ts'
import type { TicketParts } from './ticket-parts.ts'
import { changeTicket } from './ticket-updates.ts'

type MergeNote = { readonly body: string; readonly public: boolean }

export type Merge = {
  readonly targetId: number | null
  readonly sourceIds: readonly number[]
  readonly actor: Actor & { readonly user: User }
  readonly notes: { readonly target: MergeNote; readonly source: MergeNote }
}

/**
 * Closes each source, and notes it on both sides.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#merge-tickets-into-target-ticket
 */
export function mergeTickets(parts: TicketParts, merge: Merge): null | Problem {
  const { targetId, sourceIds, notes } = merge
  const target = findTicket(parts.store, targetId)
  const sources = sourceIds.flatMap((id) => findTicket(parts.store, id) ?? [])
  if (target === null || sources.length < sourceIds.length) return notFound()
  if (sources.includes(target)) return notEmulated('merging a ticket into itself')
  const all = [target, ...sources]
  if (all.some(({ ticket }) => ticket.status === 'closed')) return closedTicket()

  const actor = { ...merge.actor, via: viaChannel(merge.actor.via.channel, 'merge') }
  const author_id = actor.user.id
  for (const record of sources) {
    closeSource(parts, { record, targetId: target.ticket.id, actor, note: notes.source })
  }
  const comment = { ...notes.target, author_id }
  changeTicket(parts, { record: target, patch: {}, comment, actor })
  return null
}

/** The tag is the one that Zendesk puts on merged tickets [M]. */
function closeSource(
  parts: TicketParts,
  {
    record,
    targetId,
    actor,
    note,
  }: {
    readonly record: TicketRecord
    readonly targetId: number
    readonly actor: Actor & { readonly user: User }
    readonly note: MergeNote
  },
): void {
  const tags = [...new Set([...record.ticket.tags, 'closed_by_merge'])]
  const patch = { status: 'closed', tags } as const
  const comment = { ...note, author_id: actor.user.id }
  changeTicket(parts, { record, patch, comment, actor, alsoHappened: [mergedInto(targetId)] })
}
