import { createGates, type Gates } from './connections/gates.ts'
import { type OpenDeps, openKlaviyo, openZendesk } from './connections/open-connection.ts'
import { findConnection } from './db/connection-store.ts'
import { releaseWork } from './engine/release-work.ts'
import type { ConnectionId } from './kernel/ids.ts'
import { ok, type Result } from './kernel/result.ts'
import type { Log } from './log.ts'
import type { ApiProblem } from './outbound/api-problem.ts'

/** The breakers of all connections, and what lets work go on when one opens. */
export function openGates(deps: OpenDeps, log: Log): Gates {
  return createGates({
    ...deps,
    log,
    probe: (id) => probe(deps, id),
    release: (id) => releaseWork(deps.db, id),
  })
}

/** Who are we there? The smallest question that each platform answers; one that is gone needs no answer. */
async function probe(deps: OpenDeps, id: ConnectionId): Promise<Result<unknown, ApiProblem>> {
  const row = await findConnection(deps.db, id)
  if (row === null) return ok(null)
  return row.platform === 'zendesk'
    ? openZendesk(deps, row).account.me()
    : openKlaviyo(deps, row).accounts.account()
}
