import type { BridgeId, ConnectionId } from '../kernel/ids.ts'
import { type Instant, instant, toIso } from '../kernel/instant.ts'
import type { Tx } from './records.ts'

/** A bridge as kept; `settings` are what its operator chose, without any credential. */
export type BridgeRow = {
  readonly id: BridgeId
  readonly name: string
  readonly settings: unknown
  readonly zendeskId: ConnectionId
  readonly klaviyoId: ConnectionId
  readonly activatedAt: Instant | null
}

type RawBridge = Omit<BridgeRow, 'activatedAt'> & { readonly activated_at: Date | null }

const COLUMNS = `id, name, settings, zendesk_id as "zendeskId", klaviyo_id as "klaviyoId", activated_at`

function toBridge({ activated_at, ...row }: RawBridge): BridgeRow {
  return { ...row, activatedAt: activated_at === null ? null : instant(activated_at.getTime()) }
}

export async function findBridgeRow(tx: Tx, id: BridgeId): Promise<BridgeRow | null> {
  const { rows } = await tx.query<RawBridge>(`select ${COLUMNS} from bridges where id = $1`, [id])
  return rows[0] === undefined ? null : toBridge(rows[0])
}

export async function findBridgeByName(tx: Tx, name: string): Promise<BridgeRow | null> {
  const { rows } = await tx.query<RawBridge>(`select ${COLUMNS} from bridges where name = $1`, [
    name,
  ])
  return rows[0] === undefined ? null : toBridge(rows[0])
}

/** Every bridge, by name. */
export async function listBridges(tx: Tx): Promise<readonly BridgeRow[]> {
  const { rows } = await tx.query<RawBridge>(`select ${COLUMNS} from bridges order by name`)
  return rows.map(toBridge)
}

/** Makes a bridge or changes its settings; the accounts that it joins never change. */
export async function saveBridge(
  tx: Tx,
  bridge: Omit<BridgeRow, 'activatedAt'>,
  now: Instant,
): Promise<void> {
  await tx.query(
    `insert into bridges (id, name, settings, zendesk_id, klaviyo_id, created_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (id) do update set settings = excluded.settings`,
    [
      bridge.id,
      bridge.name,
      JSON.stringify(bridge.settings),
      bridge.zendeskId,
      bridge.klaviyoId,
      toIso(now),
    ],
  )
}

/** Marks the hour from which events count; keeps the first. */
export async function activateBridge(tx: Tx, id: BridgeId, now: Instant): Promise<void> {
  await tx.query('update bridges set activated_at = coalesce(activated_at, $2) where id = $1', [
    id,
    toIso(now),
  ])
}

/** How many bridges use a connection. */
export async function countBridgesOf(tx: Tx, id: ConnectionId): Promise<number> {
  const { rows } = await tx.query<{ count: number }>(
    'select count(*)::int as count from bridges where $1 in (zendesk_id, klaviyo_id)',
    [id],
  )
  return rows[0]?.count ?? 0
}
