import { listBridges } from '../db/bridge-store.ts'
import { findConnection, removeConnection } from '../db/connection-store.ts'
import type { ConnectionId } from '../kernel/ids.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { beginOauth, type OauthDeps } from './begin-oauth.ts'
import { findZendeskAddress, type ResolveCname } from './find-zendesk-address.ts'
import { keepConnection } from './keep-connection.ts'
import { reachKlaviyoByKey } from './reach-klaviyo.ts'
import { reachZendeskByClient } from './reach-zendesk.ts'
import type { ReachedKlaviyo, ReachedZendesk } from './reached.ts'

/*
 * The doors by which an operator connects an account in the browser. Each answers one sentence that
 * says what to do when it stays shut.
 */

export type ConnectDeps = OauthDeps & { readonly resolveCname: ResolveCname }

type ZendeskDoor = { readonly address: string; readonly clientId: string }

/** Where to send the browser that `browserHash` names, to approve the connection in Zendesk. */
export async function beginZendesk(
  deps: ConnectDeps,
  door: ZendeskDoor & { readonly clientSecret: string | null },
  browserHash: string,
): Promise<Result<string, string>> {
  const baseUrl = await findZendeskAddress(door.address, deps.platformHosts, deps.resolveCname)
  if (!baseUrl.ok) return baseUrl
  const { clientId, clientSecret } = door
  const target = { platform: 'zendesk', baseUrl: baseUrl.value, clientId, clientSecret } as const
  return ok(await beginOauth(deps, { ...target, browserHash }))
}

/** Connects Zendesk by a confidential OAuth client, which acts as the person who made it. */
export async function connectZendesk(
  deps: ConnectDeps,
  door: ZendeskDoor & { readonly clientSecret: string },
): Promise<Result<ConnectionId, string>> {
  const baseUrl = await findZendeskAddress(door.address, deps.platformHosts, deps.resolveCname)
  if (!baseUrl.ok) return baseUrl
  const { clientId, clientSecret } = door
  const credentials = { kind: 'client_credentials', clientId, clientSecret } as const
  return keep(deps, await reachZendeskByClient(deps, { baseUrl: baseUrl.value, credentials }))
}

/** Connects Klaviyo by a private key, which shares its limits with the account's other keys. */
export async function connectKlaviyo(
  deps: ConnectDeps,
  apiKey: string,
): Promise<Result<ConnectionId, string>> {
  return keep(deps, await reachKlaviyoByKey(deps, apiKey))
}

async function keep(
  deps: ConnectDeps,
  reached: Result<ReachedZendesk | ReachedKlaviyo, string>,
): Promise<Result<ConnectionId, string>> {
  if (!reached.ok) return reached
  const now = deps.clock.now()
  return ok(await deps.inTransaction((tx) => keepConnection(tx, deps.seal, reached.value, now)))
}

/** Forgets a connection and its credentials; what the platform granted stays until it is taken back there. */
export async function forgetConnection(
  deps: ConnectDeps,
  id: ConnectionId,
): Promise<Result<null, { readonly kind: 'absent' } | { readonly kind: 'used'; by: string[] }>> {
  if ((await findConnection(deps.db, id)) === null) return err({ kind: 'absent' })
  const users = (await listBridges(deps.db))
    .filter(({ zendeskId, klaviyoId }) => id === zendeskId || id === klaviyoId)
    .map(({ name }) => name)
  if (users.length > 0) return err({ kind: 'used', by: users })
  await removeConnection(deps.db, id)
  return ok(null)
}
