import type { BridgeId } from '../kernel/ids.ts'
import { type Instant, instant, toIso } from '../kernel/instant.ts'
import type { Platform, Tx } from './records.ts'

/** One authorised account; secrets are sealed. `facts` is what was found in the account. */
export type ConnectionRow = {
  readonly platform: Platform
  readonly baseUrl: string
  readonly accountId: string
  readonly accountName: string
  readonly credentialsSealed: string
  readonly state: 'ready' | 'reconnect'
  readonly stateReason: string | null
  readonly facts: unknown
}

/** Writes a connection; a changed credential drops the token that came of the old one. */
export async function saveConnection(
  tx: Tx,
  id: BridgeId,
  row: Omit<ConnectionRow, 'state' | 'stateReason'>,
): Promise<void> {
  await tx.query(
    `insert into connections (bridge_id, platform, base_url, account_id, account_name, credentials_sealed, facts) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (bridge_id, platform) do update set base_url = excluded.base_url, account_id = excluded.account_id, account_name = excluded.account_name,
       credentials_sealed = excluded.credentials_sealed, facts = excluded.facts, state = 'ready', state_reason = null, token_sealed = null, token_expires_at = null`,
    [
      id,
      row.platform,
      row.baseUrl,
      row.accountId,
      row.accountName,
      row.credentialsSealed,
      JSON.stringify(row.facts),
    ],
  )
}

export async function listConnections(tx: Tx, id: BridgeId): Promise<readonly ConnectionRow[]> {
  const { rows } = await tx.query<{
    platform: Platform
    base_url: string
    account_id: string
    account_name: string
    credentials_sealed: string
    state: 'ready' | 'reconnect'
    state_reason: string | null
    facts: unknown
  }>(
    'select platform, base_url, account_id, account_name, credentials_sealed, state, state_reason, facts from connections where bridge_id = $1 order by platform desc',
    [id],
  )
  return rows.map((row) => ({
    platform: row.platform,
    baseUrl: row.base_url,
    accountId: row.account_id,
    accountName: row.account_name,
    credentialsSealed: row.credentials_sealed,
    state: row.state,
    stateReason: row.state_reason,
    facts: row.facts,
  }))
}

export type TokenRow = { readonly tokenSealed: string; readonly expiresAt: Instant | null }

export async function findToken(
  tx: Tx,
  id: BridgeId,
  platform: Platform,
): Promise<TokenRow | null> {
  const { rows } = await tx.query<{ token_sealed: string | null; token_expires_at: Date | null }>(
    'select token_sealed, token_expires_at from connections where bridge_id = $1 and platform = $2',
    [id, platform],
  )
  const row = rows[0]
  if (row?.token_sealed == null) return null
  return {
    tokenSealed: row.token_sealed,
    expiresAt: row.token_expires_at === null ? null : instant(row.token_expires_at.getTime()),
  }
}

/** Saves a new token, before anyone uses it; the connection is thereby ready. */
export async function saveToken(
  tx: Tx,
  id: BridgeId,
  platform: Platform,
  token: TokenRow,
): Promise<void> {
  await tx.query(
    `update connections set token_sealed = $3, token_expires_at = $4, state = 'ready', state_reason = null where bridge_id = $1 and platform = $2`,
    [id, platform, token.tokenSealed, token.expiresAt === null ? null : toIso(token.expiresAt)],
  )
}

/** Says that a person must authorise the connection again, and why. */
export async function markReconnect(
  tx: Tx,
  id: BridgeId,
  platform: Platform,
  why: string,
): Promise<void> {
  await tx.query(
    `update connections set state = 'reconnect', state_reason = $3 where bridge_id = $1 and platform = $2`,
    [id, platform, why],
  )
}

/** Takes back `markReconnect`: the platform accepts the credential again. */
export async function markReady(tx: Tx, id: BridgeId, platform: Platform): Promise<void> {
  await tx.query(
    `update connections set state = 'ready', state_reason = null where bridge_id = $1 and platform = $2`,
    [id, platform],
  )
}

/** Addresses of connections, with their bridge's name. */
export async function listAddresses(
  tx: Tx,
): Promise<readonly { readonly bridge: string; readonly baseUrl: string }[]> {
  const { rows } = await tx.query<{ bridge: string; base_url: string }>(
    'select b.name as bridge, c.base_url from connections c join bridges b on b.id = c.bridge_id order by b.name',
  )
  return rows.map((row) => ({ bridge: row.bridge, baseUrl: row.base_url }))
}

/** Which two accounts each bridge joins. */
export async function listAccounts(tx: Tx): Promise<
  readonly {
    readonly bridgeId: BridgeId
    readonly name: string
    readonly zendesk: string
    readonly klaviyo: string
  }[]
> {
  const { rows } = await tx.query<{
    bridgeId: BridgeId
    name: string
    zendesk: string
    klaviyo: string
  }>(
    `select b.id as "bridgeId", b.name, z.account_id as zendesk, k.account_id as klaviyo from bridges b
     join connections z on z.bridge_id = b.id and z.platform = 'zendesk'
     join connections k on k.bridge_id = b.id and k.platform = 'klaviyo'`,
  )
  return rows
}
