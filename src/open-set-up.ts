import { v7 } from 'uuid'
import type { Config } from './config.ts'
import type { OauthDeps } from './connections/begin-oauth.ts'
import { newProof, newSecret } from './connections/chance.ts'
import type { OpenDeps } from './connections/open-connection.ts'
import { patientOutbound } from './connections/patient-outbound.ts'
import type { InTransaction } from './db/records.ts'
import type { ConnectionId } from './kernel/ids.ts'

/** What setting up needs beside what runs anyway, for the browser and the command line alike. */
export function setUpDeps(
  config: Config,
  deps: OpenDeps & { readonly inTransaction: InTransaction },
): OauthDeps {
  return {
    ...deps,
    outbound: patientOutbound(deps.outbound, deps.clock),
    ...{ newSecret, newProof, newId: v7, newConnectionId: () => v7() as ConnectionId },
    platformHosts: config.platformHosts,
    klaviyoApiUrl: config.klaviyoApiUrl,
    klaviyoWwwUrl: config.klaviyoWwwUrl,
    publicUrl: config.publicUrl,
  }
}
