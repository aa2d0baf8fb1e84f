import type { BridgeId } from '../kernel/ids.ts'
import type { Tx } from './records.ts'

/** Removes a bridge and all that was kept for it. What is installed on the platforms stays. */
export async function removeBridge(tx: Tx, id: BridgeId): Promise<void> {
  await tx.query('delete from intake_keys where bridge_id = $1', [id])
  await tx.query('delete from profiles where bridge_id = $1', [id])
  await tx.query('delete from ledger where bridge_id = $1', [id])
  await tx.query('delete from bridges where id = $1', [id])
}
