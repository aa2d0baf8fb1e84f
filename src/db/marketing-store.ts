import type { BridgeId } from '../kernel/ids.ts'
import { type Instant, toIso } from '../kernel/instant.ts'
import type { Tx } from './records.ts'

export type MarketingCount = {
  readonly bridgeId: BridgeId
  readonly origin: string
  readonly name: string | null
  readonly lastAt: string
  /** How many texts of it arrived, by why they were kept or only counted. */
  readonly counts: readonly { readonly reason: string; readonly count: number }[]
}

/** Campaigns and flows of which something came in since then, the latest first, a few for each bridge. */
export async function countMarketing(
  tx: Tx,
  since: Instant,
  most: number,
): Promise<readonly MarketingCount[]> {
  const { rows } = await tx.query<MarketingCount>(
    `select b.id as "bridgeId", m.origin, m.name, to_json(m.last_at) #>> '{}' as "lastAt", m.counts from bridges b
     cross join lateral (
       select c.origin, max(c.name) as name, max(c.last_at) as last_at,
         json_agg(json_build_object('reason', c.reason, 'count', c.count) order by c.reason) as counts
       from marketing_counts c where c.bridge_id = b.id
         and c.origin in (select origin from marketing_counts where bridge_id = b.id and last_at >= $1)
       group by c.origin order by max(c.last_at) desc limit $2) m
     order by m.last_at desc`,
    [toIso(since), most],
  )
  return rows
}

/** When an event of Klaviyo's came in of which nothing but its id was kept; null when it never came. */
export async function findCountedEvent(tx: Tx, eventId: string): Promise<string | null> {
  const { rows } = await tx.query<{ at: string }>(
    `select to_json(k.at) #>> '{}' as at from intake_keys k
     where k.bridge_id in (select id from bridges) and k.source = 'klaviyo' and k.key = 'event:' || $1
     order by k.at limit 1`,
    [eventId],
  )
  return rows[0]?.at ?? null
}
