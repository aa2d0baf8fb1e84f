import type { BridgeId } from '../kernel/ids.ts'
import { type Instant, instant, toIso } from '../kernel/instant.ts'
import type { Tx } from './records.ts'

/** A bridge as kept; `settings` are what its file said, without the credentials. */
export type BridgeRow = {
  readonly id: BridgeId
  readonly name: string
  readonly settings: unknown
  readonly activatedAt: Instant | null
}

type RawBridge = { id: BridgeId; name: string; settings: unknown; activated_at: Date | null }

function toBridge(row: RawBridge): BridgeRow {
  return {
    id: row.id,
    name: row.name,
    settings: row.settings,
    activatedAt: row.activated_at === null ? null : instant(row.activated_at.getTime()),
  }
}

export async function findBridgeRow(tx: Tx, id: BridgeId): Promise<BridgeRow | null> {
  const { rows } = await tx.query<RawBridge>(
    'select id, name, settings, activated_at from bridges where id = $1',
    [id],
  )
  return rows[0] === undefined ? null : toBridge(rows[0])
}

export async function findBridgeByName(tx: Tx, name: string): Promise<BridgeRow | null> {
  const { rows } = await tx.query<RawBridge>(
    'select id, name, settings, activated_at from bridges where name = $1',
    [name],
  )
  return rows[0] === undefined ? null : toBridge(rows[0])
}

export async function listBridges(tx: Tx): Promise<readonly BridgeRow[]> {
  const { rows } = await tx.query<RawBridge>(
    'select id, name, settings, activated_at from bridges order by name',
  )
  return rows.map(toBridge)
}

export async function saveBridge(
  tx: Tx,
  bridge: { id: BridgeId; name: string; settings: unknown },
  now: Instant,
): Promise<void> {
  await tx.query(
    `insert into bridges (id, name, settings, created_at) values ($1, $2, $3, $4)
     on conflict (id) do update set settings = excluded.settings`,
    [bridge.id, bridge.name, JSON.stringify(bridge.settings), toIso(now)],
  )
}

/** Marks the hour from which events count; keeps the first. */
export async function activateBridge(tx: Tx, id: BridgeId, now: Instant): Promise<void> {
  await tx.query('update bridges set activated_at = coalesce(activated_at, $2) where id = $1', [
    id,
    toIso(now),
  ])
}
