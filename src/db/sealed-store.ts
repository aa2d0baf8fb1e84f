import type { Tx } from './records.ts'

/** What kinds of sealed values there are, each in its own place. */
export type SealedKind = 'credentials' | 'token' | 'webhook' | 'oauth_flow'

/** `id` is a connection's, or the hash of a state. */
export type SealedValue = {
  readonly kind: SealedKind
  readonly id: string
  readonly sealed: string
}

/** Every sealed value there is. Nobody else writes one until the transaction ends. */
export async function lockSealedValues(tx: Tx): Promise<readonly SealedValue[]> {
  await tx.query('lock table connections, webhooks, oauth_flows in share row exclusive mode')
  const { rows } = await tx.query<SealedValue>(
    `select 'credentials' as kind, id::text, credentials_sealed as sealed from connections where credentials_sealed <> ''
     union all select 'token', id::text, token_sealed from connections where token_sealed is not null
     union all select 'webhook', connection_id::text, secret_sealed from webhooks
     union all select 'oauth_flow', state_hash, request_sealed from oauth_flows`,
  )
  return rows
}

const UPDATES: Readonly<Record<SealedKind, string>> = {
  credentials: 'update connections set credentials_sealed = $2 where id = $1::uuid',
  token: 'update connections set token_sealed = $2 where id = $1::uuid',
  webhook: 'update webhooks set secret_sealed = $2 where connection_id = $1::uuid',
  oauth_flow: 'update oauth_flows set request_sealed = $2 where state_hash = $1',
}

export async function replaceSealedValue(tx: Tx, { kind, id, sealed }: SealedValue): Promise<void> {
  await tx.query(UPDATES[kind], [id, sealed])
}
