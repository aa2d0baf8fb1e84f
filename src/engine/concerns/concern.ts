import type { Decision } from '../../conversations/effects.ts'
import type { Effect, Tx } from '../../db/records.ts'
import type { ConversationId, TicketId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { Result } from '../../kernel/result.ts'
import type { Wait } from '../retry.ts'
import type { Run } from '../run.ts'

/** What a concern concluded; `conversationId` is null for work that belongs to none. */
export type Concluded = {
  readonly decision: Decision<Effect>
  readonly conversationId: ConversationId | null
  /** The comment a decision's `tell` is about. */
  readonly about?: { readonly ticketId: TicketId; readonly body: string }
}

/**
 * One kind of work, from stored event to decision. Facts are plain JSON: they are stored between
 * `gather` and `decide`, so that a re-run decides on the same ones.
 */
export type Concern<Facts> = {
  /** Until when the work must wait although nothing is wrong; null to go at once. */
  holdUntil?(run: Run): Promise<{ readonly until: Instant; readonly because: string } | null>
  /** Reads what the decision needs. No transaction is open; may call platforms; never writes to them. */
  gather(run: Run): Promise<Result<Facts, Wait>>
  /** Locks what it decides on, and decides. Runs inside the step's transaction; calls nobody. */
  decide(run: Run, tx: Tx, facts: Facts): Promise<Concluded>
}
