import type { Emitter } from '../../core/emitter.ts'
import type { Audit, Comment, Ticket, TicketRecord } from '../entities/tickets.ts'

/** One update of a ticket, after it took effect. */
export type TicketUpdate = {
  readonly record: TicketRecord
  /** The ticket as it was; null when it is new. */
  readonly before: Ticket | null
  readonly audit: Audit
  readonly comment: Comment | null
}

/** Every update of the account's tickets, whoever made it, for apps that the account has installed. */
export type TicketWatch = Emitter<TicketUpdate>
