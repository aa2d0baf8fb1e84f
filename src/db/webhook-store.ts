import type { BridgeId, ConnectionId } from '../kernel/ids.ts'
import type { Platform, Tx } from './records.ts'

/** The webhook by which an account delivers to us; its secret is sealed. */
export type WebhookRow = {
  readonly remoteId: string
  readonly endpoint: string
  readonly secretSealed: string
}

export async function saveWebhook(tx: Tx, id: ConnectionId, row: WebhookRow): Promise<void> {
  await tx.query(
    `insert into webhooks (connection_id, remote_id, endpoint, secret_sealed) values ($1, $2, $3, $4)
     on conflict (connection_id) do update set remote_id = excluded.remote_id, endpoint = excluded.endpoint, secret_sealed = excluded.secret_sealed`,
    [id, row.remoteId, row.endpoint, row.secretSealed],
  )
}

export async function findWebhook(tx: Tx, id: ConnectionId): Promise<WebhookRow | null> {
  const { rows } = await tx.query<WebhookRow>(
    'select remote_id as "remoteId", endpoint, secret_sealed as "secretSealed" from webhooks where connection_id = $1',
    [id],
  )
  return rows[0] ?? null
}

/** What a delivery to an address needs: the secret it is signed with, and the bridges it is for. */
export async function findWebhookTarget(
  tx: Tx,
  id: ConnectionId,
  platform: Platform,
): Promise<{ readonly secretSealed: string; readonly bridgeIds: readonly BridgeId[] } | null> {
  const { rows } = await tx.query<{ secretSealed: string; bridgeIds: readonly BridgeId[] }>(
    `select w.secret_sealed as "secretSealed",
       array(select b.id::text from bridges b where c.id in (b.zendesk_id, b.klaviyo_id) order by b.created_at, b.id) as "bridgeIds"
     from webhooks w join connections c on c.id = w.connection_id where c.id = $1 and c.platform = $2`,
    [id, platform],
  )
  return rows[0] ?? null
}
