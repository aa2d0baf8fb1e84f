import type { BridgeId } from '../kernel/ids.ts'
import { despiteDeadlocks } from './pool.ts'
import type { InTransaction, Tx } from './records.ts'

/**
 * Removes a bridge and all that was kept for it, and those of its connections that no other bridge
 * uses. What is installed on the platforms stays.
 */
export async function removeBridge(inTransaction: InTransaction, id: BridgeId): Promise<void> {
  // The work under way holds its rows in an order of its own.
  await despiteDeadlocks(() => inTransaction((tx) => removeIn(tx, id)))
}

async function removeIn(tx: Tx, id: BridgeId): Promise<void> {
  await tx.query('delete from intake_keys where bridge_id = $1', [id])
  await tx.query('delete from profiles where bridge_id = $1', [id])
  await tx.query('delete from ledger where bridge_id = $1', [id])
  const { rows } = await tx.query<{ zendesk_id: string; klaviyo_id: string }>(
    'delete from bridges where id = $1 returning zendesk_id, klaviyo_id',
    [id],
  )
  await tx.query(
    `delete from connections c where c.id = any($1::uuid[]) and not exists (select 1 from bridges b where c.id in (b.zendesk_id, b.klaviyo_id))`,
    [rows.flatMap((row) => [row.zendesk_id, row.klaviyo_id])],
  )
}
