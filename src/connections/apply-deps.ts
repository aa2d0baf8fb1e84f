import type { InTransaction } from '../db/records.ts'
import type { BridgeDeps } from './bridges.ts'
import type { InstallDeps } from './install-webhooks.ts'

export type ApplyDeps = BridgeDeps &
  InstallDeps & {
    readonly inTransaction: InTransaction
    readonly platformHosts: readonly string[]
    readonly klaviyoApiUrl: string
    readonly newId: () => string
  }
