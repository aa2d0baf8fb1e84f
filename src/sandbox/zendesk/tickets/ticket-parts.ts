import type { World } from '../../world.ts'
import type { Audit, TicketRecord } from '../entities/tickets.ts'
import type { ZendeskStore } from '../store.ts'
import type { UserOperations } from '../users/users.ts'
import type { TicketAnnouncer } from './ticket-announcer.ts'
import type { CommitTicket } from './ticket-commit.ts'

/** What operations on tickets are built from. */
export type TicketParts = {
  readonly world: World
  readonly store: ZendeskStore
  readonly users: UserOperations
  readonly commit: CommitTicket
  readonly announcer: TicketAnnouncer
}

/** A ticket after a write, and the audit of that write. */
export type Written = { readonly record: TicketRecord; readonly audit: Audit }
