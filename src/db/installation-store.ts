import type { Tx } from './records.ts'

/** The id of the key that secrets are sealed with; the first one to come stands. */
export async function claimKeyId(tx: Tx, keyId: string): Promise<string> {
  await tx.query('insert into installation (key_id) values ($1) on conflict do nothing', [keyId])
  const { rows } = await tx.query<{ key_id: string }>('select key_id from installation')
  return rows[0]?.key_id ?? keyId
}

export async function saveKeyId(tx: Tx, keyId: string): Promise<void> {
  await tx.query('update installation set key_id = $1', [keyId])
}
