import { type Actor, viaChannel } from './actor.ts'
import type { User } from './entities.ts'
import { closedTicket, notFound, type Problem } from './errors.ts'
import { findTicket } from './store.ts'
import type { TicketPatch } from './ticket-changes.ts'
import type { TicketParts, Written } from './ticket-parts.ts'
import type { TicketChange } from './ticket-updates.ts'
import { mergedInto } from './webhook-events.ts'

type MergeNote = { readonly body: string; readonly public: boolean }

/** https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#merge-tickets-into-target-ticket */
export function createTicketMerge(
  { store }: TicketParts,
  change: (asked: TicketChange) => Written | Problem,
) {
  /** Closes each source with the tag that Zendesk puts on merged tickets [M]. */
  return function merge(
    targetId: number | null,
    sourceIds: readonly number[],
    actor: Actor & { user: User },
    notes: { readonly target: MergeNote; readonly source: MergeNote },
  ): null | Problem {
    const target = findTicket(store, targetId)
    const sources = sourceIds.map((id) => findTicket(store, id))
    if (target === null || sources.includes(null)) return notFound()
    const all = [target, ...sources]
    if (all.some((record) => record?.ticket.status === 'closed')) return closedTicket()

    const via = viaChannel(actor.via.channel, 'merge')
    const merger = { ...actor, via }
    const author_id = actor.user.id
    for (const record of sources) {
      if (record === null) continue
      const tags = [...new Set([...record.ticket.tags, 'closed_by_merge'])]
      const patch: TicketPatch = { status: 'closed', tags }
      const alsoHappened = [mergedInto(target.ticket.id)]
      change({
        record,
        patch,
        comment: { ...notes.source, author_id },
        actor: merger,
        alsoHappened,
      })
    }
    change({ record: target, patch: {}, comment: { ...notes.target, author_id }, actor: merger })
    return null
  }
}
