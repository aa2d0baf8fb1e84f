import type pg from 'pg'
import { v7 } from 'uuid'
import { newProof, newSecret } from '../../src/connections/chance.ts'
import type { ConnectDeps } from '../../src/connections/connect.ts'
import type { Seal } from '../../src/connections/seal.ts'
import { inTransaction, onSession } from '../../src/db/pool.ts'
import type { Tx } from '../../src/db/records.ts'
import type { ConnectionId } from '../../src/kernel/ids.ts'
import type { Clock } from '../../src/kernel/instant.ts'
import { createOutbound, type Outbound } from '../../src/outbound/request.ts'

/** Addresses of emulated platforms; without them nothing but refusals can be had. */
export type TestPlatforms = { readonly zendeskUrl: string; readonly klaviyoUrl: string }

const NOWHERE: TestPlatforms = {
  zendeskUrl: 'http://127.0.0.1:9',
  klaviyoUrl: 'http://127.0.0.1:9',
}

/** What setting up needs, on a test's own database and towards its own platforms alone. */
export function testSetUp(options: {
  readonly pool: pg.Pool
  readonly seal: Seal
  readonly clock: Clock
  readonly publicUrl: string
  readonly platforms?: TestPlatforms | undefined
}): ConnectDeps & { readonly outbound: Outbound } {
  const { pool, seal, clock, publicUrl, platforms = NOWHERE } = options
  const platformHosts = Object.values(platforms).map((url) => new URL(url).host)
  return {
    ...{ db: pool as unknown as Tx, seal, clock, publicUrl, platformHosts, newSecret, newProof },
    ...{ newId: v7, newConnectionId: () => v7() as ConnectionId, failpoint: () => undefined },
    klaviyoApiUrl: platforms.klaviyoUrl,
    klaviyoWwwUrl: platforms.klaviyoUrl,
    outbound: createOutbound({ allowedHosts: platformHosts, userAgent: 'test' }),
    inTransaction: (work) => inTransaction(pool, work),
    onSession: (work) => onSession(pool, work),
    resolveCname: () => Promise.resolve([]),
  }
}
