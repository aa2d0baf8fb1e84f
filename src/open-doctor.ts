import type { Config } from './config.ts'
import type { OpenDeps } from './connections/open-connection.ts'
import type { InTransaction } from './db/records.ts'
import type { DoctorDeps } from './doctor/doctor-deps.ts'
import { systemClock } from './follow-clock.ts'
import { SECOND } from './kernel/instant.ts'
import { setUpDeps } from './open-set-up.ts'
import { createOutbound } from './outbound/request.ts'

/** What the doctor needs, for the browser and the command line alike. */
export function doctorDeps(
  config: Config,
  deps: OpenDeps & { readonly inTransaction: InTransaction; readonly isEmbedded: boolean },
): DoctorDeps {
  return {
    ...setUpDeps(config, deps),
    realClock: systemClock,
    embeddedIn: deps.isEmbedded ? config.dataDir : null,
    openDoor: (host) =>
      createOutbound({
        allowedHosts: [host],
        userAgent: 'Replyline/0.1',
        totalTimeoutMs: 10 * SECOND,
      }),
  }
}
