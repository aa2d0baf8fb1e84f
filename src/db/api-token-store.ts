import { type Instant, toIso } from '../kernel/instant.ts'
import type { Tx } from './records.ts'

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

/** The name that the token was made with; null when there is no such token. */
export async function findApiToken(tx: Tx, hash: string): Promise<string | null> {
  const { rows } = await tx.query<{ name: string }>('select name from api_tokens where hash = $1', [
    hash,
  ])
  return rows[0]?.name ?? null
}
