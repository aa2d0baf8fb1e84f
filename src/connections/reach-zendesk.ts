import { type ConnectionRow, findConnectionByAccount } from '../db/connection-store.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { missingScopes, type OauthToken } from '../outbound/oauth-token.ts'
import type { TokenSource } from '../outbound/token-source.ts'
import { requestClientCredentialsToken, ZENDESK_SCOPES } from '../zendesk/oauth.ts'
import type { ApplyDeps } from './apply-deps.ts'
import { zendeskClients } from './clients.ts'
import { openZendeskCredentials, type ZendeskCredentials } from './credentials.ts'
import { discoverZendesk } from './discover.ts'
import { openZendesk } from './open-connection.ts'
import type { ReachedZendesk } from './reached.ts'

type Door = { readonly baseUrl: string; readonly credentials: ZendeskCredentials }

/** Reaches an account by an OAuth client alone; the token that proves it is kept for use. */
export async function reachZendeskByClient(
  deps: ApplyDeps,
  { baseUrl, credentials }: Door,
): Promise<Result<ReachedZendesk, string>> {
  const { outbound } = deps
  const now = deps.clock.now()
  const answer = await requestClientCredentialsToken({
    baseUrl,
    client: credentials,
    outbound,
    now,
  })
  if (!answer.ok) return err(`zendesk: ${tokenProblem(answer.problem)}`)
  return reachZendesk(deps, { baseUrl, credentials }, answer.value)
}

/** Reads an account with a token just granted; on failure one line that says what to do. */
export async function reachZendesk(
  deps: ApplyDeps,
  { baseUrl, credentials }: Door,
  token: OauthToken,
): Promise<Result<ReachedZendesk, string>> {
  const missing = missingScopes(ZENDESK_SCOPES, token.scope)
  if (missing.length > 0) return err(`zendesk: ${withoutScopes(missing)}`)
  const clients = zendeskClients({ ...deps, baseUrl, token: only(token) })
  const discovered = await discoverZendesk(clients, baseUrl)
  if (!discovered.ok) return discovered
  const { accountId } = discovered.value
  const existing = await findConnectionByAccount(deps.db, 'zendesk', accountId)
  const isSame = existing !== null && isAsKept(deps, existing, credentials)
  return ok({
    ...{ platform: 'zendesk', baseUrl, clients, discovered: discovered.value },
    connectionId: existing?.id ?? deps.newConnectionId(),
    // A client that makes tokens at will goes on with the one it has.
    authorisation: isSame ? null : { credentials, token },
  })
}

/** Reaches the account of a connection as it is kept. */
export async function reachKeptZendesk(
  deps: ApplyDeps,
  row: ConnectionRow,
): Promise<Result<ReachedZendesk, string>> {
  const clients = openZendesk(deps, row)
  const discovered = await discoverZendesk(clients, row.baseUrl)
  if (!discovered.ok) return discovered
  const { id: connectionId, baseUrl } = row
  return ok({
    ...{ platform: 'zendesk', connectionId, baseUrl, clients, discovered: discovered.value },
    authorisation: null,
  })
}

/** Says which scopes were asked for and not granted. */
function withoutScopes(missing: readonly string[]): string {
  const [verb, whole] = missing.length === 1 ? ['was', 'scope'] : ['were', 'scopes']
  return `the ${whole} ${missing.join(', ')} ${verb} not granted: allow ${missing.join(' and ')} for the OAuth client in Zendesk (Admin Center, Apps and integrations, APIs, OAuth clients), then connect again`
}

function isAsKept(deps: ApplyDeps, row: ConnectionRow, wanted: ZendeskCredentials): boolean {
  if (row.state !== 'ready' || wanted.kind !== 'client_credentials') return false
  const kept = openZendeskCredentials(deps.seal, row)
  return (
    kept.kind === wanted.kind &&
    kept.clientId === wanted.clientId &&
    kept.clientSecret === wanted.clientSecret
  )
}

/** Just this token: a first look needs no renewal. */
function only(token: OauthToken): TokenSource {
  const source = () => Promise.resolve(ok(token.accessToken))
  return { current: source, renew: source }
}

function tokenProblem(problem: ApiProblem): string {
  if (problem.kind === 'refused' || problem.kind === 'unauthorised')
    return `the OAuth client was refused (${problem.detail}): check clientId and clientSecret, and that the client is confidential and allows client_credentials`
  return `it could not be reached (${problem.detail}): check zendesk.url and the network`
}
