import { type ConnectionRow, findConnectionByAccount } from '../db/connection-store.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { KLAVIYO_SCOPES } from '../klaviyo/oauth.ts'
import type { KlaviyoCredential } from '../klaviyo/transport.ts'
import { missingScopes, type OauthToken } from '../outbound/oauth-token.ts'
import type { ApplyDeps } from './apply-deps.ts'
import { klaviyoClients } from './clients.ts'
import { type KlaviyoCredentials, openKlaviyoCredentials } from './credentials.ts'
import { discoverKlaviyo } from './discover.ts'
import { openKlaviyo } from './open-connection.ts'
import type { ReachedKlaviyo } from './reached.ts'

/** Reaches an account by its private key. */
export function reachKlaviyoByKey(
  deps: ApplyDeps,
  apiKey: string,
): Promise<Result<ReachedKlaviyo, string>> {
  return reach(deps, { kind: 'private_key', key: apiKey }, { kind: 'private_key', apiKey }, null)
}

/** Reads an account with a token just granted; on failure one line that says what to do. */
export async function reachKlaviyo(
  deps: ApplyDeps,
  credentials: KlaviyoCredentials,
  token: OauthToken,
): Promise<Result<ReachedKlaviyo, string>> {
  const missing = missingScopes(KLAVIYO_SCOPES, token.scope)
  if (missing.length > 0)
    return err(
      `klaviyo: not granted: ${missing.join(', ')}. Add the missing scopes to the app's settings in Klaviyo, then connect again`,
    )
  const source = () => Promise.resolve(ok(token.accessToken))
  const credential = { kind: 'oauth', token: { current: source, renew: source } } as const
  return reach(deps, credential, credentials, token)
}

/** Reaches the account of a connection as it is kept. */
export async function reachKeptKlaviyo(
  deps: ApplyDeps,
  row: ConnectionRow,
): Promise<Result<ReachedKlaviyo, string>> {
  const clients = openKlaviyo(deps, row)
  const discovered = await discoverKlaviyo(clients)
  if (!discovered.ok) return discovered
  const { id: connectionId, baseUrl } = row
  return ok({
    ...{ platform: 'klaviyo', connectionId, baseUrl, clients, discovered: discovered.value },
    authorisation: null,
  })
}

async function reach(
  deps: ApplyDeps,
  credential: KlaviyoCredential,
  credentials: KlaviyoCredentials,
  token: OauthToken | null,
): Promise<Result<ReachedKlaviyo, string>> {
  const baseUrl = deps.klaviyoApiUrl
  const clients = klaviyoClients({ ...deps, baseUrl, credential })
  const discovered = await discoverKlaviyo(clients)
  if (!discovered.ok) return discovered
  const existing = await findConnectionByAccount(deps.db, 'klaviyo', discovered.value.accountId)
  const isSame = existing !== null && isAsKept(deps, existing, credentials)
  return ok({
    ...{ platform: 'klaviyo', baseUrl, clients, discovered: discovered.value },
    connectionId: existing?.id ?? deps.newConnectionId(),
    authorisation: isSame ? null : { credentials, token },
  })
}

function isAsKept(deps: ApplyDeps, row: ConnectionRow, wanted: KlaviyoCredentials): boolean {
  if (row.state !== 'ready' || wanted.kind !== 'private_key') return false
  const kept = openKlaviyoCredentials(deps.seal, row)
  return kept.kind === wanted.kind && kept.apiKey === wanted.apiKey
}
