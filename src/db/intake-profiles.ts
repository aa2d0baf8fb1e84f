import { toIso } from '../kernel/instant.ts'
import type { IntakeRow, Tx } from './records.ts'

/** Records consent and flow messages of profiles, one statement each; the newest wins. */
export async function saveProfileStates(tx: Tx, rows: readonly IntakeRow[]): Promise<void> {
  await saveConsents(
    tx,
    newestPerProfile(rows, (row) => row.consent?.profileId ?? null),
  )
  await saveFlowMessages(
    tx,
    newestPerProfile(rows, (row) => row.flowMessageTo),
  )
}

async function saveConsents(tx: Tx, rows: readonly IntakeRow[]): Promise<void> {
  if (rows.length === 0) return
  await tx.query(
    `insert into profiles (bridge_id, profile_id, consent, consent_at)
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[])
     on conflict (bridge_id, profile_id) do update
       set consent = excluded.consent, consent_at = excluded.consent_at
       where profiles.consent_at is null or excluded.consent_at >= profiles.consent_at`,
    [
      rows.map((row) => row.bridgeId),
      rows.map((row) => row.consent?.profileId),
      rows.map((row) => row.consent?.to),
      rows.map((row) => toIso(row.at)),
    ],
  )
}

async function saveFlowMessages(tx: Tx, rows: readonly IntakeRow[]): Promise<void> {
  if (rows.length === 0) return
  await tx.query(
    `insert into profiles (bridge_id, profile_id, flow_message_at)
     select * from unnest($1::uuid[], $2::text[], $3::timestamptz[])
     on conflict (bridge_id, profile_id) do update
       set flow_message_at = greatest(excluded.flow_message_at, profiles.flow_message_at)`,
    [
      rows.map((row) => row.bridgeId),
      rows.map((row) => row.flowMessageTo),
      rows.map((row) => toIso(row.at)),
    ],
  )
}

/** One row a profile, sorted: two processes that flush the same profiles lock them in the same order. */
export function newestPerProfile(
  rows: readonly IntakeRow[],
  profileOf: (row: IntakeRow) => string | null,
): readonly IntakeRow[] {
  const newest = new Map<string, IntakeRow>()
  for (const row of rows) {
    const profile = profileOf(row)
    if (profile === null) continue
    const key = `${row.bridgeId} ${profile}`
    const known = newest.get(key)
    if (known === undefined || row.at >= known.at) newest.set(key, row)
  }
  return [...newest.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}
