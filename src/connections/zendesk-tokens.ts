import { findToken, markReconnect, saveToken } from '../db/connection-store.ts'
import { withNamedLock } from '../db/named-lock.ts'
import type { Tx } from '../db/records.ts'
import type { Failpoint } from '../engine/failpoints.ts'
import type { BridgeId } from '../kernel/ids.ts'
import { type Clock, MINUTE } from '../kernel/instant.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import type { Outbound } from '../outbound/request.ts'
import type { TokenSource } from '../outbound/token-source.ts'
import { requestClientCredentialsToken } from '../zendesk/oauth.ts'
import type { Seal } from './seal.ts'

export type ZendeskCredentials = { readonly clientId: string; readonly clientSecret: string }

/** Everything is asked for; what a bridge needs of it is read and write. */
const SCOPE = 'read write'
/** A token that ends within this time is renewed before it is used. */
const MARGIN_MS = MINUTE

type Deps = {
  readonly bridgeId: BridgeId
  readonly baseUrl: string
  readonly credentials: ZendeskCredentials
  readonly outbound: Outbound
  readonly clock: Clock
  readonly seal: Seal
  /** Runs on a connection of its own, so that the lock has a session to live in. */
  readonly onSession: <T>(work: (session: Tx) => Promise<T>) => Promise<T>
  readonly failpoint: Failpoint
}

type Held = { readonly token: string; readonly endsAt: number }

/**
 * Access tokens for one bridge's Zendesk, shared by all processes: kept sealed in the database,
 * renewed by one at a time under a lock, saved before anyone uses them.
 */
export function createZendeskTokens(deps: Deps): TokenSource {
  let held: Held | null = null
  let renewing: Promise<Result<Held, ApiProblem>> | null = null

  async function current(): Promise<Result<string, ApiProblem>> {
    if (held !== null && isFresh(held, deps.clock)) return ok(held.token)
    return renew(held?.token ?? '')
  }

  async function renew(rejected: string): Promise<Result<string, ApiProblem>> {
    // One renewal at a time in this process, whoever asks: each would hold a database connection.
    renewing ??= renewUnderLock(deps, rejected).finally(() => {
      renewing = null
    })
    const renewed = await renewing
    if (renewed.ok) held = renewed.value
    return renewed.ok ? ok(renewed.value.token) : renewed
  }

  return { current, renew }
}

/** Another process may have renewed it meanwhile; else it is done here, while the others wait. */
function renewUnderLock(deps: Deps, rejected: string): Promise<Result<Held, ApiProblem>> {
  return deps.onSession((session) =>
    withNamedLock(session, `token:${deps.bridgeId}:zendesk`, async () => {
      const stored = await load(deps, session)
      const isNews = stored !== null && stored.token !== rejected && isFresh(stored, deps.clock)
      return isNews ? ok(stored) : fetchAndSave(deps, session)
    }),
  )
}

function isFresh(held: Held, clock: Clock): boolean {
  return held.endsAt - MARGIN_MS > clock.now()
}

async function load(deps: Deps, db: Tx): Promise<Held | null> {
  const row = await findToken(db, deps.bridgeId, 'zendesk')
  if (row === null) return null
  return {
    token: deps.seal.open(row.tokenSealed, sealContext(deps.bridgeId)),
    endsAt: row.expiresAt ?? Number.POSITIVE_INFINITY,
  }
}

async function fetchAndSave(deps: Deps, db: Tx): Promise<Result<Held, ApiProblem>> {
  const { baseUrl, outbound, credentials } = deps
  const answer = await requestClientCredentialsToken({
    baseUrl,
    outbound,
    scope: SCOPE,
    now: deps.clock.now(),
    ...credentials,
  })
  if (!answer.ok) return refused(deps, db, answer.problem)
  deps.failpoint('token_received')
  const { accessToken, expiresAt } = answer.value
  await saveToken(db, deps.bridgeId, 'zendesk', {
    tokenSealed: deps.seal.seal(accessToken, sealContext(deps.bridgeId)),
    expiresAt,
  })
  deps.failpoint('token_saved')
  return ok({ token: accessToken, endsAt: expiresAt ?? Number.POSITIVE_INFINITY })
}

async function refused(
  deps: Deps,
  db: Tx,
  problem: ApiProblem,
): Promise<Result<never, ApiProblem>> {
  if (problem.kind === 'refused' || problem.kind === 'unauthorised') {
    await markReconnect(
      db,
      deps.bridgeId,
      'zendesk',
      `Zendesk refused the OAuth client: ${problem.detail}`,
    )
  }
  return err(problem)
}

function sealContext(bridgeId: BridgeId): string {
  return `token:${bridgeId}:zendesk`
}
