import type { ConnectionId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Tx } from './records.ts'

/** So many places in one bucket, which holds `most` in any `perMs`. */
export type Taking = {
  readonly bucket: string
  readonly most: number
  readonly perMs: number
  readonly count: number
}

/** Takes all of it or nothing; answers the milliseconds to wait, 0 when it was taken. */
export async function takeLimits(
  tx: Tx,
  id: ConnectionId,
  takings: readonly Taking[],
  now: Instant,
): Promise<number> {
  const { rows } = await tx.query<{ wait: number }>(
    'select take_limits($1, $2, $3::text[], $4::int[], $5::bigint[], $6::int[])::float8 as wait',
    [
      id,
      Math.floor(now),
      takings.map(({ bucket }) => bucket),
      takings.map(({ most }) => most),
      takings.map(({ perMs }) => perMs),
      takings.map(({ count }) => count),
    ],
  )
  return rows[0]?.wait ?? 0
}

/** Closes a bucket for every process, until the later of what was said. */
export async function blockLimit(
  tx: Tx,
  id: ConnectionId,
  bucket: string,
  until: Instant,
): Promise<void> {
  await tx.query(
    `insert into limit_blocks (connection_id, bucket, until_ms) values ($1, $2, $3)
     on conflict (connection_id, bucket) do update set until_ms = greatest(limit_blocks.until_ms, excluded.until_ms)`,
    [id, bucket, Math.ceil(until)],
  )
}
