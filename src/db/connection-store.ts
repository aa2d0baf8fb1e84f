import type { BridgeId, ConnectionId } from '../kernel/ids.ts'
import { type Instant, toIso } from '../kernel/instant.ts'
import type { Platform, Tx } from './records.ts'

/** One authorised account; secrets are sealed. `facts` is what was found in the account. */
export type ConnectionRow = {
  readonly id: ConnectionId
  readonly platform: Platform
  readonly baseUrl: string
  readonly accountId: string
  readonly accountName: string
  readonly credentialsSealed: string
  /** As granted, space-separated; null where they cannot be read. */
  readonly scopes: string | null
  readonly state: 'ready' | 'reconnect'
  readonly stateReason: string | null
  readonly facts: unknown
  /** ISO 8601, to the millisecond; tells one approval from the next. */
  readonly approvedAt: string
}

const COLUMNS = `c.id, c.platform, c.base_url as "baseUrl", c.account_id as "accountId", c.account_name as "accountName",
  c.credentials_sealed as "credentialsSealed", c.scopes, c.state, c.state_reason as "stateReason", c.facts,
  to_char(c.approved_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "approvedAt"`

/** Writes a connection with new credentials, ready; drops the token that came of the old ones. */
export async function saveConnection(
  tx: Tx,
  row: Omit<ConnectionRow, 'state' | 'stateReason' | 'approvedAt'>,
  now: Instant,
): Promise<void> {
  await tx.query(
    `insert into connections (id, platform, base_url, account_id, account_name, credentials_sealed, scopes, facts, created_at, approved_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
     on conflict (id) do update set base_url = excluded.base_url, account_name = excluded.account_name, credentials_sealed = excluded.credentials_sealed,
       approved_at = excluded.approved_at, scopes = excluded.scopes, facts = excluded.facts, state = 'ready', state_reason = null, token_sealed = null, token_expires_at = null`,
    [
      row.id,
      row.platform,
      row.baseUrl,
      row.accountId,
      row.accountName,
      row.credentialsSealed,
      row.scopes,
      JSON.stringify(row.facts),
      toIso(now),
    ],
  )
}

/** Keeps what was read of the account just now. */
export async function saveFacts(
  tx: Tx,
  id: ConnectionId,
  found: { readonly accountName: string; readonly facts: unknown },
): Promise<void> {
  await tx.query('update connections set account_name = $2, facts = $3 where id = $1', [
    id,
    found.accountName,
    JSON.stringify(found.facts),
  ])
}

export async function findConnection(tx: Tx, id: ConnectionId): Promise<ConnectionRow | null> {
  const { rows } = await tx.query<ConnectionRow>(
    `select ${COLUMNS} from connections c where c.id = $1`,
    [id],
  )
  return rows[0] ?? null
}

export async function findConnectionByAccount(
  tx: Tx,
  platform: Platform,
  accountId: string,
): Promise<ConnectionRow | null> {
  const { rows } = await tx.query<ConnectionRow>(
    `select ${COLUMNS} from connections c where c.platform = $1 and c.account_id = $2`,
    [platform, accountId],
  )
  return rows[0] ?? null
}

/** Every connection, Zendesk's first, the oldest first. */
export async function listAllConnections(tx: Tx): Promise<readonly ConnectionRow[]> {
  const { rows } = await tx.query<ConnectionRow>(
    `select ${COLUMNS} from connections c order by c.platform desc, c.created_at, c.id`,
  )
  return rows
}

/** A bridge's two connections, Zendesk's first; none when the bridge was removed. */
export async function listConnections(tx: Tx, id: BridgeId): Promise<readonly ConnectionRow[]> {
  const { rows } = await tx.query<ConnectionRow>(
    `select ${COLUMNS} from bridges b join connections c on c.id in (b.zendesk_id, b.klaviyo_id) where b.id = $1 order by c.platform desc`,
    [id],
  )
  return rows
}

/** Says that a person must authorise the connection again, and why. */
export async function markReconnect(tx: Tx, id: ConnectionId, why: string): Promise<void> {
  await tx.query(`update connections set state = 'reconnect', state_reason = $2 where id = $1`, [
    id,
    why,
  ])
}

/** Takes back `markReconnect`: the platform accepts the credential again. */
export async function markReady(tx: Tx, id: ConnectionId): Promise<void> {
  await tx.query(`update connections set state = 'ready', state_reason = null where id = $1`, [id])
}

/** Removes a connection, its token and its webhook's secret. Rejects while a bridge uses it. */
export async function removeConnection(tx: Tx, id: ConnectionId): Promise<void> {
  await tx.query('delete from connections where id = $1', [id])
}
