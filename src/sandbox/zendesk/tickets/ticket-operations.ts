import { type Actor, actorId } from '../actor.ts'
import { notFound, type Problem } from '../api/errors.ts'
import type { Fields } from '../api/wire.ts'
import type { ZendeskDoubts } from '../doubts.ts'
import type { User } from '../entities/people.ts'
import { findTicket } from '../store.ts'
import { softDeleted, undeleted } from '../webhooks/webhook-events.ts'
import { createTicket } from './ticket-creation.ts'
import { importTicket } from './ticket-import.ts'
import { type Merge, mergeTickets } from './ticket-merge.ts'
import type { TicketParts } from './ticket-parts.ts'
import { changeTicket, type TicketChange, updateTicket } from './ticket-updates.ts'

export type TicketOperations = ReturnType<typeof createTicketOperations>

/**
 * Everything that can happen to a ticket, whoever asks: the API, people through the control API, or
 * a rule. Nothing else changes tickets.
 *
 * Each operation reads what is asked into a patch, refuses what Zendesk refuses, applies the patch
 * with the changes that Zendesk adds by itself, and hands the result to `ticket-commit.ts`. There
 * the audit is written, triggers run and webhooks hear of it. Who acts decides what Zendesk adds;
 * the author of a comment decides nothing, because the authenticated user is the updater.
 *
 * Statuses: new and open wait for an agent, pending and hold for somebody else, solved needs an
 * assignee. Nothing goes back to new. Closed is final: from then on only deleting is possible.
 */
export function createTicketOperations(parts: TicketParts, doubts: ZendeskDoubts) {
  return {
    import: (given: Fields, actor: Actor & { user: User }) =>
      importTicket(parts, given, actor, doubts),
    create: (given: Fields, actor: Actor & { user: User }) => createTicket(parts, given, actor),
    update: (id: number | null, given: Fields, actor: Actor) =>
      updateTicket(parts, id, given, actor),
    change: (asked: TicketChange) => changeTicket(parts, asked),
    merge: (merge: Merge) => mergeTickets(parts, merge),
    remove: (id: number | null, actor: Actor) => remove(parts, id, actor),
    restore: (id: number | null, actor: Actor) => restore(parts, id, actor),
  }
}

/** Soft: the ticket is gone for every reader but the incremental export. */
function remove(
  { world, store, announcer }: TicketParts,
  id: number | null,
  actor: Actor,
): null | Problem {
  const record = findTicket(store, id)
  if (record === null) return notFound()
  const now = world.clock.now()
  record.deletedAt = now
  record.deletedBy = actorId(actor)
  record.generatedAt = now
  announcer.announce(record.ticket, actor, [softDeleted])
  return null
}

/** A deleted ticket as it was. */
function restore(
  { world, store, announcer }: TicketParts,
  id: number | null,
  actor: Actor,
): null | Problem {
  const record = id === null ? undefined : store.tickets.get(id)
  if (record === undefined || record.deletedAt === null) return notFound()
  record.deletedAt = null
  record.deletedBy = null
  record.generatedAt = world.clock.now()
  announcer.announce(record.ticket, actor, [undeleted])
  return null
}
