import type { InTransaction } from '../db/records.ts'
import type { ConnectionId } from '../kernel/ids.ts'
import type { OpenDeps } from './open-connection.ts'

/** What setting up needs, from the command line or from the browser. */
export type ApplyDeps = OpenDeps & {
  readonly inTransaction: InTransaction
  readonly platformHosts: readonly string[]
  readonly klaviyoApiUrl: string
  readonly publicUrl: string
  readonly newId: () => string
  readonly newConnectionId: () => ConnectionId
  /** 64 hex digits nobody can guess. */
  readonly newSecret: () => string
}
