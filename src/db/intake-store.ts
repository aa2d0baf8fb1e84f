import type { BridgeId, CustomerId } from '../kernel/ids.ts'
import { type Instant, toIso } from '../kernel/instant.ts'
import type { IntakeRow, Tx } from './records.ts'

/**
 * The statements of one intake flush. Each takes the whole batch at once, so that their number does
 * not grow with the batch. Called in order, inside one transaction, by `engine/intake.ts`.
 */

/** Claims the dedupe keys; returns the rows whose key is new, each key once, in the order given. */
export async function claimKeys(
  tx: Tx,
  rows: readonly IntakeRow[],
  now: Instant,
): Promise<readonly IntakeRow[]> {
  const byKey = new Map<string, IntakeRow>()
  for (const row of rows) if (!byKey.has(keyOf(row))) byKey.set(keyOf(row), row)
  // Sorted, so that two processes that flush the same keys cannot wait for each other in a circle.
  const sorted = [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
  const { rows: fresh } = await tx.query<{ bridge_id: string; source: string; key: string }>(
    `insert into intake_keys (bridge_id, source, key, at)
     select b, s, k, $4 from unnest($1::uuid[], $2::text[], $3::text[]) as t (b, s, k)
     on conflict do nothing returning bridge_id, source, key`,
    [
      sorted.map((row) => row.bridgeId),
      sorted.map((row) => row.source),
      sorted.map((row) => row.key),
      toIso(now),
    ],
  )
  const claimed = new Set(fresh.map((row) => `${row.bridge_id} ${row.source} ${row.key}`))
  return [...byKey.entries()].filter(([key]) => claimed.has(key)).map(([, row]) => row)
}

function keyOf(row: IntakeRow): string {
  return `${row.bridgeId} ${row.source} ${row.key}`
}

/** How many of these rows are known already. */
export async function countKnownKeys(tx: Tx, rows: readonly IntakeRow[]): Promise<number> {
  const { rows: counted } = await tx.query<{ count: number }>(
    `select count(*)::int as count from unnest($1::uuid[], $2::text[], $3::text[]) as t (b, s, k)
     join intake_keys i on i.bridge_id = t.b and i.source = t.s and i.key = t.k`,
    [rows.map((row) => row.bridgeId), rows.map((row) => row.source), rows.map((row) => row.key)],
  )
  return counted[0]?.count ?? 0
}

/** Which of the bridges that the rows name are still there. */
export async function findKnownBridges(
  tx: Tx,
  rows: readonly IntakeRow[],
): Promise<ReadonlySet<BridgeId>> {
  const { rows: found } = await tx.query<{ id: BridgeId }>(
    'select id from bridges where id = any($1::uuid[])',
    [rows.map(({ bridgeId }) => bridgeId)],
  )
  return new Set(found.map(({ id }) => id))
}

export async function insertEvents(
  tx: Tx,
  rows: readonly { readonly row: IntakeRow; readonly customerId: CustomerId | null }[],
  now: Instant,
): Promise<void> {
  if (rows.length === 0) return
  const each = <Value>(read: (row: IntakeRow) => Value) => rows.map(({ row }) => read(row))
  await tx.query(
    `insert into events (id, bridge_id, source, kind, remote_id, ticket_id, comment_id, customer_id, event_at, received_at, payload)
     select id, bridge_id, source, kind, remote_id, ticket_id, comment_id, customer_id, event_at, $11, payload::jsonb
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::timestamptz[], $10::text[])
       as t (id, bridge_id, source, kind, remote_id, ticket_id, comment_id, customer_id, event_at, payload)`,
    [
      each((row) => row.eventId),
      each((row) => row.bridgeId),
      each((row) => row.source),
      each((row) => row.kind),
      each((row) => row.remoteId),
      each((row) => row.ticketId),
      each((row) => row.commentId),
      rows.map(({ customerId }) => customerId),
      each((row) => toIso(row.at)),
      each((row) => JSON.stringify(row.payload) ?? 'null'),
      toIso(now),
    ],
  )
}
