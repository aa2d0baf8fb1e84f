import { markReconnect } from '../db/connection-store.ts'
import { withNamedLock } from '../db/named-lock.ts'
import type { Tx } from '../db/records.ts'
import { findToken, saveToken, type TokenRow } from '../db/token-store.ts'
import type { Failpoint } from '../engine/failpoints.ts'
import type { ConnectionId } from '../kernel/ids.ts'
import { type Clock, MINUTE } from '../kernel/instant.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import type { OauthToken } from '../outbound/oauth-token.ts'
import type { TokenSource } from '../outbound/token-source.ts'
import type { Seal } from './seal.ts'
import { openToken, sealToken } from './sealed-token.ts'

/*
 * Access tokens of one connection, shared by all processes.
 *
 * A token is kept sealed in the database and renewed by one at a time under a lock; the new pair is
 * saved before anyone uses it, because the platforms end the old pair with the renewal. Who waits for
 * the lock finds the new pair there and asks nobody. A process that dies between the platform's answer
 * and the save has lost a pair that changes with each renewal: the next renewal is then refused, and the
 * connection says that it must be approved again; what waits for it goes on waiting.
 */

/** A token that ends within this time is renewed before it is used. */
const MARGIN_MS = MINUTE

type Deps = {
  readonly id: ConnectionId
  /** Of the approval that the tokens come of. */
  readonly approvedAt: string
  readonly clock: Clock
  readonly seal: Seal
  /** Runs on a connection of its own, so that the lock has a session to live in. */
  readonly onSession: <T>(work: (session: Tx) => Promise<T>) => Promise<T>
  readonly failpoint: Failpoint
  /** Gets a new token, by the refresh token where there is one. */
  readonly fetchToken: (refreshToken: string | null) => Promise<Result<OauthToken, ApiProblem>>
  /** What to tell a person when the platform refuses to renew. */
  readonly sayRefused: (detail: string) => string
}

type Held = Pick<OauthToken, 'accessToken' | 'refreshToken' | 'expiresAt'>

export function createConnectionTokens(deps: Deps): TokenSource {
  let held: Held | null = null
  let renewing: Promise<Result<Held, ApiProblem>> | null = null

  async function current(): Promise<Result<string, ApiProblem>> {
    if (held !== null && isFresh(held, deps.clock)) return ok(held.accessToken)
    return renew(held?.accessToken ?? '')
  }

  async function renew(rejected: string): Promise<Result<string, ApiProblem>> {
    // One renewal at a time in this process, whoever asks: each would hold a database connection.
    renewing ??= renewUnderLock(deps, rejected).finally(() => {
      renewing = null
    })
    const renewed = await renewing
    if (renewed.ok) held = renewed.value
    return renewed.ok ? ok(renewed.value.accessToken) : renewed
  }

  return { current, renew }
}

/** Another process may have renewed it meanwhile; else it is done here, while the others wait. */
function renewUnderLock(deps: Deps, rejected: string): Promise<Result<Held, ApiProblem>> {
  return deps.onSession((session) =>
    withNamedLock(session, `token:${deps.id}`, async () => {
      const row = await findToken(session, deps.id)
      const stored = row === null ? null : openToken(deps.seal, deps.id, row)
      const isNews =
        stored !== null && stored.accessToken !== rejected && isFresh(stored, deps.clock)
      return isNews ? ok(stored) : fetchAndSave(deps, session, row, stored?.refreshToken ?? null)
    }),
  )
}

function isFresh({ expiresAt }: Held, clock: Clock): boolean {
  return expiresAt === null || expiresAt - MARGIN_MS > clock.now()
}

async function fetchAndSave(
  deps: Deps,
  db: Tx,
  row: TokenRow | null,
  refreshToken: string | null,
): Promise<Result<Held, ApiProblem>> {
  const answer = await deps.fetchToken(refreshToken)
  if (!answer.ok) return refused(deps, db, row, answer.problem)
  deps.failpoint('token_received')
  // An answer without a refresh token leaves the one that was used good.
  const token = { ...answer.value, refreshToken: answer.value.refreshToken ?? refreshToken }
  const scopes = token.scope === '' ? null : token.scope
  const isSaved = await saveToken(db, deps, { ...sealToken(deps.seal, deps.id, token), scopes })
  deps.failpoint('token_saved')
  return isSaved ? ok(token) : ofNewApproval(deps, db)
}

/** While this one was fetched, the account was approved anew: what came of that is what counts. */
async function ofNewApproval(deps: Deps, db: Tx): Promise<Result<Held, ApiProblem>> {
  const row = await findToken(db, deps.id)
  if (row !== null) return ok(openToken(deps.seal, deps.id, row))
  const detail = 'the connection was changed meanwhile'
  return err({ kind: 'unreachable', touched: 'no', detail })
}

/** Before a person is called, what is stored is read once more: they may have approved it again meanwhile. */
async function refused(
  deps: Deps,
  db: Tx,
  used: TokenRow | null,
  problem: ApiProblem,
): Promise<Result<Held, ApiProblem>> {
  if (problem.kind !== 'refused' && problem.kind !== 'unauthorised') return err(problem)
  const row = await findToken(db, deps.id)
  if (row !== null && row.tokenSealed !== used?.tokenSealed)
    return ok(openToken(deps.seal, deps.id, row))
  await markReconnect(db, deps.id, deps.sayRefused(problem.detail))
  return err(problem)
}
