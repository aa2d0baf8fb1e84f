import type { CustomerId } from '../kernel/ids.ts'
import { type Instant, toIso } from '../kernel/instant.ts'
import type { IntakeRow, Tx } from './records.ts'

/** Records consent and flow messages of profiles; the newest wins. */
export async function saveProfileStates(tx: Tx, rows: readonly IntakeRow[]): Promise<void> {
  for (const row of rows) {
    if (row.consent !== null) {
      await tx.query(
        `insert into profiles (bridge_id, profile_id, consent, consent_at) values ($1, $2, $3, $4)
         on conflict (bridge_id, profile_id) do update set consent = excluded.consent, consent_at = excluded.consent_at
         where profiles.consent_at is null or excluded.consent_at >= profiles.consent_at`,
        [row.bridgeId, row.consent.profileId, row.consent.to, toIso(row.at)],
      )
    }
    if (row.flowMessageTo !== null) {
      await tx.query(
        `insert into profiles (bridge_id, profile_id, flow_message_at) values ($1, $2, $3)
         on conflict (bridge_id, profile_id) do update set flow_message_at = greatest(excluded.flow_message_at, profiles.flow_message_at)`,
        [row.bridgeId, row.flowMessageTo, toIso(row.at)],
      )
    }
  }
}

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
  const keys = [...new Set(rows.flatMap(aliasKeys))].map(partsOf)
  const { rows: found } = await tx.query<{ key: string; customer_id: CustomerId }>(
    `select a.bridge_id || ' ' || a.kind || ' ' || a.value as key, a.customer_id from aliases a
     where (a.bridge_id, a.kind, a.value) in (select * from unnest($1::uuid[], $2::text[], $3::text[]))`,
    [
      keys.map(([bridge]) => bridge),
      keys.map(([, kind]) => kind),
      keys.map(([, , value]) => value),
    ],
  )
  return new Map(found.map((row) => [row.key, row.customer_id]))
}

async function createCustomers(
  tx: Tx,
  rows: readonly IntakeRow[],
  known: ReadonlyMap<string, CustomerId>,
  newId: () => string,
  now: Instant,
): Promise<void> {
  const drafted = new Map<string, string>()
  for (const row of rows) {
    const keys = aliasKeys(row)
    const id =
      keys.map((key) => known.get(key) ?? drafted.get(key)).find((found) => found !== undefined) ??
      (await insertCustomer(tx, row, newId(), now))
    for (const key of keys) if (!known.has(key) && !drafted.has(key)) drafted.set(key, id)
  }
  const aliases = [...drafted.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, id]) => [...partsOf(key), id])
  await tx.query(
    `insert into aliases (bridge_id, kind, value, customer_id)
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[]) on conflict do nothing`,
    [0, 1, 2, 3].map((column) => aliases.map((alias) => alias[column])),
  )
}

async function insertCustomer(tx: Tx, row: IntakeRow, id: string, now: Instant): Promise<string> {
  await tx.query('insert into customers (id, bridge_id, created_at) values ($1, $2, $3)', [
    id,
    row.bridgeId,
    toIso(now),
  ])
  return id
}
