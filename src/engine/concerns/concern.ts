import type { Decision } from '../../conversations/effects.ts'
import type { Effect, Tx, WorkItem } from '../../db/records.ts'
import type { ConversationId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { Result } from '../../kernel/result.ts'
import type { BridgeContext } from '../bridge-context.ts'
import type { EngineDeps } from '../engine-deps.ts'
import type { Wait } from '../retry.ts'

/** What a concern concluded; `conversationId` is null for work that belongs to none. */
export type Concluded = {
  readonly decision: Decision<Effect>
  readonly conversationId: ConversationId | null
}

/**
 * One kind of work, from stored event to decision. Facts are plain JSON: they are stored between
 * `gather` and `decide`, so that a re-run decides on the same ones.
 */
export type Concern<Facts> = {
  /** Until when the work must wait although nothing is wrong; null to go at once. */
  holdUntil?(
    deps: EngineDeps,
    bridge: BridgeContext,
    item: WorkItem,
  ): Promise<{ readonly until: Instant; readonly because: string } | null>
  /** Reads what the decision needs. No transaction is open; may call platforms; never writes to them. */
  gather(deps: EngineDeps, bridge: BridgeContext, item: WorkItem): Promise<Result<Facts, Wait>>
  /** Locks what it decides on, and decides. Runs inside the step's transaction; calls nobody. */
  decide(
    deps: EngineDeps,
    tx: Tx,
    bridge: BridgeContext,
    item: WorkItem,
    facts: Facts,
  ): Promise<Concluded>
}
