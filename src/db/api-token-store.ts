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

export async function isApiToken(tx: Tx, hash: string): Promise<boolean> {
  const { rows } = await tx.query('select 1 from api_tokens where hash = $1', [hash])
  return rows.length > 0
}
