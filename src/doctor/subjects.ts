import { type BridgeRow, listBridges } from '../db/bridge-store.ts'
import { type ConnectionRow, listAllConnections } from '../db/connection-store.ts'
import type { Tx } from '../db/records.ts'

/** What there is to be looked at. */
export type Subjects = {
  readonly connections: readonly ConnectionRow[]
  readonly bridges: readonly BridgeRow[]
}

/** Everything, or one bridge with its two accounts; null when no bridge has the name. */
export async function findSubjects(db: Tx, bridgeName: string | null): Promise<Subjects | null> {
  const all = { connections: await listAllConnections(db), bridges: await listBridges(db) }
  if (bridgeName === null) return all
  const bridge = all.bridges.find(({ name }) => name === bridgeName)
  if (bridge === undefined) return null
  const isOfBridge = ({ id }: ConnectionRow) => id === bridge.zendeskId || id === bridge.klaviyoId
  return { connections: all.connections.filter(isOfBridge), bridges: [bridge] }
}

/** The bridges that use an account. */
export function bridgesOf({ bridges }: Subjects, { id }: ConnectionRow): readonly BridgeRow[] {
  return bridges.filter(({ zendeskId, klaviyoId }) => zendeskId === id || klaviyoId === id)
}
