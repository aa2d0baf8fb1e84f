import type { BridgeId } from '../kernel/ids.ts'
import type { Platform, Tx } from './records.ts'

export type WebhookRow = {
  readonly platform: Platform
  readonly remoteId: string
  readonly endpoint: string
  readonly secretSealed: string
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
