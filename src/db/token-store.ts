import type { ConnectionId } from '../kernel/ids.ts'
import { type Instant, instant, toIso } from '../kernel/instant.ts'
import type { Tx } from './records.ts'

/** An access token, sealed with what is needed to renew it. `expiresAt` is null when it has no known end. */
export type TokenRow = { readonly tokenSealed: string; readonly expiresAt: Instant | null }

export async function findToken(tx: Tx, id: ConnectionId): Promise<TokenRow | null> {
  const { rows } = await tx.query<{ token_sealed: string | null; token_expires_at: Date | null }>(
    'select token_sealed, token_expires_at from connections where id = $1',
    [id],
  )
  const row = rows[0]
  if (row?.token_sealed == null) return null
  return {
    tokenSealed: row.token_sealed,
    expiresAt: row.token_expires_at === null ? null : instant(row.token_expires_at.getTime()),
  }
}

/**
 * Saves a new token, before anyone uses it; the connection is thereby ready. False when the connection was
 * approved anew since `approvedAt`: the token came of what does not hold any more.
 */
export async function saveToken(
  tx: Tx,
  { id, approvedAt }: { readonly id: ConnectionId; readonly approvedAt: string },
  token: TokenRow & { readonly scopes: string | null },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update connections set token_sealed = $2, token_expires_at = $3, scopes = coalesce($4, scopes), state = 'ready', state_reason = null where id = $1 and approved_at = $5`,
    [
      id,
      token.tokenSealed,
      token.expiresAt === null ? null : toIso(token.expiresAt),
      token.scopes,
      approvedAt,
    ],
  )
  return rowCount === 1
}
