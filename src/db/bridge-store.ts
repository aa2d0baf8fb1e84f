import type { BridgeId } from '../kernel/ids.ts'
import { type Instant, instant, toIso } from '../kernel/instant.ts'
import type { Platform, Tx } from './records.ts'

/** A bridge as kept; `settings` are what its file said, without the credentials. */
export type BridgeRow = {
  readonly id: BridgeId
  readonly name: string
  readonly settings: unknown
  readonly activatedAt: Instant | null
}

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

export type WebhookRow = {
  readonly platform: Platform
  readonly remoteId: string
  readonly endpoint: string
  readonly secretSealed: string
}

type RawBridge = { id: BridgeId; name: string; settings: unknown; activated_at: Date | null }

function toBridge(row: RawBridge): BridgeRow {
  return {
    id: row.id,
    name: row.name,
    settings: row.settings,
    activatedAt: row.activated_at === null ? null : instant(row.activated_at.getTime()),
  }
}

export async function findBridgeRow(tx: Tx, id: BridgeId): Promise<BridgeRow | null> {
  const { rows } = await tx.query<RawBridge>(
    'select id, name, settings, activated_at from bridges where id = $1',
    [id],
  )
  return rows[0] === undefined ? null : toBridge(rows[0])
}

export async function findBridgeByName(tx: Tx, name: string): Promise<BridgeRow | null> {
  const { rows } = await tx.query<RawBridge>(
    'select id, name, settings, activated_at from bridges where name = $1',
    [name],
  )
  return rows[0] === undefined ? null : toBridge(rows[0])
}

export async function listBridges(tx: Tx): Promise<readonly BridgeRow[]> {
  const { rows } = await tx.query<RawBridge>(
    'select id, name, settings, activated_at from bridges order by name',
  )
  return rows.map(toBridge)
}

export async function saveBridge(
  tx: Tx,
  bridge: { id: BridgeId; name: string; settings: unknown },
  now: Instant,
): Promise<void> {
  await tx.query(
    `insert into bridges (id, name, settings, created_at) values ($1, $2, $3, $4)
     on conflict (id) do update set settings = excluded.settings`,
    [bridge.id, bridge.name, JSON.stringify(bridge.settings), toIso(now)],
  )
}

/** Marks the hour from which events count; keeps the first. */
export async function activateBridge(tx: Tx, id: BridgeId, now: Instant): Promise<void> {
  await tx.query('update bridges set activated_at = coalesce(activated_at, $2) where id = $1', [
    id,
    toIso(now),
  ])
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

export async function saveWebhook(tx: Tx, id: BridgeId, row: WebhookRow): Promise<void> {
  await tx.query(
    `insert into webhooks (bridge_id, platform, remote_id, endpoint, secret_sealed) values ($1, $2, $3, $4, $5)
     on conflict (bridge_id, platform) do update set remote_id = excluded.remote_id, endpoint = excluded.endpoint, secret_sealed = excluded.secret_sealed`,
    [id, row.platform, row.remoteId, row.endpoint, row.secretSealed],
  )
}

export async function findWebhook(
  tx: Tx,
  id: BridgeId,
  platform: Platform,
): Promise<WebhookRow | null> {
  const { rows } = await tx.query<{
    platform: Platform
    remote_id: string
    endpoint: string
    secret_sealed: string
  }>(
    'select platform, remote_id, endpoint, secret_sealed from webhooks where bridge_id = $1 and platform = $2',
    [id, platform],
  )
  const row = rows[0]
  return row === undefined
    ? null
    : {
        platform: row.platform,
        remoteId: row.remote_id,
        endpoint: row.endpoint,
        secretSealed: row.secret_sealed,
      }
}

/** Runs `work` while no other process does so under the same name. Holds no transaction. */
export async function withNamedLock<T>(
  session: Tx,
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  await session.query('select pg_advisory_lock(hashtextextended($1, 7301))', [name])
  try {
    return await work()
  } finally {
    await session.query('select pg_advisory_unlock(hashtextextended($1, 7301))', [name])
  }
}

export async function saveApiToken(
  tx: Tx,
  hash: string,
  name: string,
  now: Instant,
): Promise<void> {
  await tx.query('insert into api_tokens (hash, name, created_at) values ($1, $2, $3)', [
    hash,
    name,
    toIso(now),
  ])
}

export async function isApiToken(tx: Tx, hash: string): Promise<boolean> {
  const { rows } = await tx.query('select 1 from api_tokens where hash = $1', [hash])
  return rows.length > 0
}
