import type { BridgeId, ConnectionId } from '../kernel/ids.ts'
import { type Instant, instant, toIso } from '../kernel/instant.ts'
import type { Platform, Tx } from './records.ts'

/** A connection that is not called: paused by a person, or not answering. */
export type StillConnection = {
  readonly id: ConnectionId
  readonly platform: Platform
  readonly pausedAt: Instant | null
  readonly pausedBy: string | null
  readonly downSince: Instant | null
  readonly downBecause: string | null
  readonly probeAt: Instant | null
}

type Row = {
  readonly id: ConnectionId
  readonly platform: Platform
  readonly paused_at: Date | null
  readonly paused_by: string | null
  readonly down_since: Date | null
  readonly down_because: string | null
  readonly probe_at: Date | null
}

export async function listStillConnections(tx: Tx): Promise<readonly StillConnection[]> {
  const { rows } = await tx.query<Row>(
    `select id, platform, paused_at, paused_by, down_since, down_because, probe_at from connections
     where paused_at is not null or down_since is not null`,
  )
  return rows.map((row) => ({
    id: row.id,
    platform: row.platform,
    pausedAt: toInstant(row.paused_at),
    pausedBy: row.paused_by,
    downSince: toInstant(row.down_since),
    downBecause: row.down_because,
    probeAt: toInstant(row.probe_at),
  }))
}

function toInstant(date: Date | null): Instant | null {
  return date === null ? null : instant(date.getTime())
}

/** Says that a connection does not answer; false when that is known. Soon after it was down, it is asked less often. */
export async function markDown(
  tx: Tx,
  id: ConnectionId,
  because: string,
  { now, probeAt, forgetBefore }: { now: Instant; probeAt: Instant; forgetBefore: Instant },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update connections set down_since = $2, down_because = $3, probe_at = $4,
       probe_count = case when up_at >= $5 then probe_count else 0 end
     where id = $1 and down_since is null`,
    [id, toIso(now), because, toIso(probeAt), toIso(forgetBefore)],
  )
  return rowCount === 1
}

/** Takes the next question whether a connection answers again; null when it is not due, or another process has it. */
export async function claimProbe(
  tx: Tx,
  id: ConnectionId,
  now: Instant,
  waitMs: (count: number) => number,
): Promise<number | null> {
  const { rows } = await tx.query<{ probe_count: number; probe_at: Date }>(
    `select probe_count, probe_at from connections where id = $1 and down_since is not null and paused_at is null and probe_at <= $2`,
    [id, toIso(now)],
  )
  const due = rows[0]
  if (due === undefined) return null
  const next = instant(now + waitMs(due.probe_count + 1))
  const { rowCount } = await tx.query(
    'update connections set probe_at = $2, probe_count = probe_count + 1 where id = $1 and probe_at = $3',
    [id, toIso(next), due.probe_at],
  )
  return rowCount === 1 ? due.probe_count + 1 : null
}

/** Says that it answers again. */
export async function markUp(tx: Tx, id: ConnectionId, now: Instant): Promise<void> {
  await tx.query(
    'update connections set down_since = null, down_because = null, probe_at = null, up_at = $2 where id = $1 and down_since is not null',
    [id, toIso(now)],
  )
}

/** Pauses a connection; what it was paused by first stands. False when there is none of this id. */
export async function pauseConnection(
  tx: Tx,
  id: ConnectionId,
  by: string,
  now: Instant,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update connections set paused_at = coalesce(paused_at, $3), paused_by = coalesce(paused_by, $2) where id = $1',
    [id, by, toIso(now)],
  )
  return rowCount === 1
}

/** Ends a pause; false when there is no connection of this id. */
export async function resumeConnection(tx: Tx, id: ConnectionId): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update connections set paused_at = null, paused_by = null where id = $1',
    [id],
  )
  return rowCount === 1
}

/** The bridges that lead over a connection. */
export async function findBridgesOver(tx: Tx, id: ConnectionId): Promise<readonly BridgeId[]> {
  const { rows } = await tx.query<{ id: BridgeId }>(
    'select id from bridges where zendesk_id = $1 or klaviyo_id = $1',
    [id],
  )
  return rows.map((row) => row.id)
}
