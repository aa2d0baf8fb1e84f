import type { PgBoss } from 'pg-boss'
import type { InTransaction, QueueName, Tx } from '../db/records.ts'
import type { Clock } from '../kernel/instant.ts'
import type { FindBridge } from './bridge-context.ts'
import type { Failpoint } from './failpoints.ts'

/** What the engine is built from; made once, in `app.ts`. */
export type EngineDeps = {
  readonly boss: PgBoss
  /** For single reads, outside of any transaction. */
  readonly db: Tx
  readonly inTransaction: InTransaction
  /**
   * For what would be found out and done again, should a crash of the database undo it: decisions, waits,
   * and outcomes that a look at the platform tells. An attempt is never begun in one, nor a text's outcome kept.
   */
  readonly inLazyTransaction: InTransaction
  readonly clock: Clock
  /** Monotonic UUIDv7: later ids sort after earlier ones of the same process. */
  readonly newId: () => string
  /** 0..1, spreads retries. */
  readonly jitter: () => number
  /** SHA-256 in hex. */
  readonly hash: (text: string) => string
  readonly findBridge: FindBridge
  readonly failpoint: Failpoint
  readonly log: EngineLog
  /** Says that work was added. */
  readonly wake: () => void
  /** Hears how long a claim of jobs took. */
  readonly onClaim: (queue: QueueName, seconds: number) => void
}

/** One wide record per attempt and per trouble; no bodies, no phone numbers. */
export type EngineLog = {
  info(fields: Readonly<Record<string, unknown>>, message: string): void
  warn(fields: Readonly<Record<string, unknown>>, message: string): void
}
