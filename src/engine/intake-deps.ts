import type { PgBoss } from 'pg-boss'
import type { InTransaction } from '../db/records.ts'
import type { Clock } from '../kernel/instant.ts'
import type { Failpoint } from './failpoints.ts'

export type IntakeDeps = {
  readonly boss: PgBoss
  readonly inTransaction: InTransaction
  readonly isDataFault: (error: unknown) => boolean
  readonly newId: () => string
  /** SHA-256 in hex. */
  readonly hash: (text: string) => string
  readonly clock: Clock
  readonly failpoint: Failpoint
  readonly onCommitted: () => void
}
