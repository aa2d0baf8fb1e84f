import type { CustomerId } from '../kernel/ids.ts'
import { type Instant, toIso } from '../kernel/instant.ts'
import type { IntakeRow, Tx } from './records.ts'

/** Finds the customers that hints name, and makes those an inbound message brings; by row, absent when unknown. */
export async function resolveCustomers(
  tx: Tx,
  rows: readonly IntakeRow[],
  newId: () => string,
  now: Instant,
): Promise<ReadonlyMap<IntakeRow, CustomerId>> {
  const hinted = rows.filter((row) => row.customer !== null)
  if (hinted.length === 0) return new Map()
  const known = await findAliases(tx, hinted)
  const missing = hinted.filter(
    (row) => row.customer?.create && aliasKeys(row).some((key) => !known.has(key)),
  )
  if (missing.length > 0) {
    await createCustomers(tx, missing, known, newId, now)
    for (const [key, id] of await findAliases(tx, missing)) known.set(key, id)
  }
  return new Map(
    hinted.flatMap((row) => {
      const id = aliasKeys(row)
        .map((key) => known.get(key))
        .find((found) => found !== undefined)
      return id === undefined ? [] : [[row, id] as const]
    }),
  )
}

/** Phone first: the lane is the person's phone, even when Klaviyo has merged or doubled profiles. */
function aliasKeys(row: IntakeRow): readonly string[] {
  const { phone, profileId } = row.customer ?? { phone: null, profileId: null }
  return [
    ...(phone === null ? [] : [`${row.bridgeId} phone ${phone}`]),
    ...(profileId === null ? [] : [`${row.bridgeId} profile ${profileId}`]),
  ]
}

/** Bridge, kind and value; the platforms' ids, and so the value, may hold spaces. */
function partsOf(key: string): readonly [string, string, string] {
  const [bridge = '', kind = ''] = key.split(' ', 2)
  return [bridge, kind, key.slice(bridge.length + kind.length + 2)]
}

async function findAliases(tx: Tx, rows: readonly IntakeRow[]): Promise<Map<string, CustomerId>> {
  const keys = [...new Set(rows.flatMap(aliasKeys))]
  const parts = keys.map(partsOf)
  const { rows: found } = await tx.query<{ place: number; customer_id: CustomerId }>(
    `select t.place::int as place, a.customer_id
     from unnest($1::uuid[], $2::text[], $3::text[]) with ordinality as t (bridge_id, kind, value, place)
     join aliases a on a.bridge_id = t.bridge_id and a.kind = t.kind and a.value = t.value`,
    [0, 1, 2].map((column) => parts.map((part) => part[column])),
  )
  return new Map(found.map((row) => [keys[row.place - 1] ?? '', row.customer_id]))
}

async function createCustomers(
  tx: Tx,
  rows: readonly IntakeRow[],
  known: ReadonlyMap<string, CustomerId>,
  newId: () => string,
  now: Instant,
): Promise<void> {
  const { customers, aliases } = draftCustomers(rows, known, newId)
  await tx.query(
    `insert into customers (id, bridge_id, created_at) select id, bridge_id, $3 from unnest($1::uuid[], $2::uuid[]) as t (id, bridge_id)`,
    [customers.map(({ id }) => id), customers.map(({ bridgeId }) => bridgeId), toIso(now)],
  )
  await tx.query(
    `insert into aliases (bridge_id, kind, value, customer_id)
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[]) on conflict do nothing`,
    [0, 1, 2, 3].map((column) => aliases.map((alias) => alias[column])),
  )
}

/** A customer for each row that names nobody known, and the names it brings, sorted as they are locked. */
function draftCustomers(
  rows: readonly IntakeRow[],
  known: ReadonlyMap<string, CustomerId>,
  newId: () => string,
) {
  const customers: { id: string; bridgeId: string }[] = []
  const drafted = new Map<string, string>()
  for (const row of rows) {
    const keys = aliasKeys(row)
    const ids = keys.map((key) => known.get(key) ?? drafted.get(key))
    const id = ids.find((found) => found !== undefined) ?? newId()
    if (ids.every((found) => found === undefined)) customers.push({ id, bridgeId: row.bridgeId })
    for (const key of keys) if (!known.has(key) && !drafted.has(key)) drafted.set(key, id)
  }
  const aliases = [...drafted.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, id]) => [...partsOf(key), id])
  return { customers, aliases }
}
