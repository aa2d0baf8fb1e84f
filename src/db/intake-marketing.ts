import type { Reason } from '../conversations/reasons.ts'
import type { ConversationId, CustomerId } from '../kernel/ids.ts'
import { type Instant, toIso } from '../kernel/instant.ts'
import { newestPerProfile } from './intake-profiles.ts'
import type { IntakeRow, Tx } from './records.ts'

/*
 * The statements of a flush that concern campaign and flow texts. They come a thousand to a delivery and
 * a million to a campaign, so each statement takes them all.
 */

/** Remembers for each profile the last campaign or flow text that reached it. */
export async function saveLastMarketing(tx: Tx, rows: readonly IntakeRow[]): Promise<void> {
  const newest = newestPerProfile(rows, (row) => row.marketing?.profileId ?? null)
  if (newest.length === 0) return
  await tx.query(
    `insert into profiles (bridge_id, profile_id, marketing_at, marketing_origin)
     select * from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[])
     on conflict (bridge_id, profile_id) do update
       set marketing_at = excluded.marketing_at, marketing_origin = excluded.marketing_origin
       where profiles.marketing_at is null or excluded.marketing_at >= profiles.marketing_at`,
    [
      newest.map((row) => row.bridgeId),
      newest.map((row) => row.marketing?.profileId),
      newest.map((row) => toIso(row.at)),
      newest.map((row) => row.marketing?.origin),
    ],
  )
}

/** Whom a campaign or flow text reached; without a conversation when they have no current ticket. */
export type Reached = {
  readonly customerId: CustomerId
  readonly conversationId: ConversationId | null
}

/**
 * The customers that rows are about, by row, absent for strangers, each with a conversation that has a
 * ticket which is not closed, or one that is being made.
 */
export async function findReached(
  tx: Tx,
  rows: readonly IntakeRow[],
): Promise<ReadonlyMap<IntakeRow, Reached>> {
  const names = rows.flatMap((row, index) => [
    // The phone counts before the profile, as it does for whose lane a text is in.
    { row, index, kind: 'phone', value: row.marketing?.phone ?? null, rank: 0 },
    { row, index, kind: 'profile', value: row.marketing?.profileId ?? null, rank: 1 },
  ])
  const named = names.filter(({ value }) => value !== null)
  const { rows: found } = await tx.query<{
    index: number
    customerId: CustomerId
    conversationId: ConversationId | null
  }>(
    `select distinct on (t.index) t.index, a.customer_id as "customerId", c.id as "conversationId"
     from unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::int[]) as t (bridge_id, kind, value, index, rank)
     join aliases a on a.bridge_id = t.bridge_id and a.kind = t.kind and a.value = t.value
     left join lateral (
       select c.id from conversations c left join tickets k on k.bridge_id = c.bridge_id and k.ticket_id = c.ticket_id
       where c.customer_id = a.customer_id
         and (c.creating_effect_id is not null or c.ticket_id is not null and k.status is distinct from 'closed')
       order by c.last_activity_at desc nulls last limit 1) c on true
     order by t.index, t.rank`,
    [
      named.map(({ row }) => row.bridgeId),
      named.map(({ kind }) => kind),
      named.map(({ value }) => value),
      named.map(({ index }) => index),
      named.map(({ rank }) => rank),
    ],
  )
  return new Map(
    found.flatMap(({ index, ...reached }) => {
      const row = rows[index]
      return row === undefined ? [] : [[row, reached] as const]
    }),
  )
}

type Counted = { readonly row: IntakeRow; readonly reason: Reason }

/** Adds rows to the counters of their campaign or flow, one for each reason. */
export async function countMarketing(
  tx: Tx,
  counted: readonly Counted[],
  now: Instant,
): Promise<void> {
  const groups = [...Map.groupBy(counted, keyOf).entries()].sort(([a], [b]) => (a < b ? -1 : 1))
  if (groups.length === 0) return
  const firsts = groups.flatMap(([, [first]]) => (first === undefined ? [] : [first]))
  await tx.query(
    `insert into marketing_counts (bridge_id, origin, reason, name, count, first_at, last_at)
     select b, o, r, n, c, $6, $6 from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::int[]) as t (b, o, r, n, c)
     on conflict (bridge_id, origin, reason) do update
       set count = marketing_counts.count + excluded.count, name = coalesce(excluded.name, marketing_counts.name), last_at = excluded.last_at`,
    [
      firsts.map(({ row }) => row.bridgeId),
      firsts.map(({ row }) => row.marketing?.origin),
      firsts.map(({ reason }) => reason),
      firsts.map(({ row }) => row.marketing?.name ?? null),
      groups.map(([, rows]) => rows.length),
      toIso(now),
    ],
  )
}

function keyOf({ row, reason }: Counted): string {
  return `${row.bridgeId} ${row.marketing?.origin} ${reason}`
}
