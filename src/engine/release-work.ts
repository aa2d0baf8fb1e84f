import type { Tx } from '../db/records.ts'
import { findBridgesOver } from '../db/still-connections.ts'
import type { ConnectionId } from '../kernel/ids.ts'
import { groupOf } from './lanes.ts'
import { unparkGroups } from './parking.ts'

/**
 * Lets all work go on at once that may wait for a connection. What waits for something else finds that
 * it still must, and waits again.
 */
export async function releaseWork(tx: Tx, id: ConnectionId): Promise<void> {
  const bridges = await findBridgesOver(tx, id)
  const groups = bridges.flatMap((bridge) => [
    groupOf(bridge, 'zendesk'),
    groupOf(bridge, 'klaviyo'),
    groupOf(bridge, null),
  ])
  await unparkGroups(tx, groups)
}
