import type { BridgeId, ConnectionId } from '../kernel/ids.ts'
import { type Instant, instant, toIso } from '../kernel/instant.ts'
import type { Tx } from './records.ts'

export type FeedName = 'klaviyo_events' | 'zendesk_ticket_events'

/** Where a feed's next read begins. */
export type FeedPosition = { readonly since: Instant; readonly cursor: string | null }

/** A feed to be read now, and for whom: bridges count from the hour of their activation. */
export type DueFeed = {
  readonly connectionId: ConnectionId
  readonly name: FeedName
  readonly position: FeedPosition
  readonly bridges: readonly { readonly id: BridgeId; readonly activatedAt: Instant }[]
}

/** Sees to a row for each feed of each account that an active bridge uses; a new one begins with its first bridge. */
export async function ensureFeeds(tx: Tx, now: Instant): Promise<void> {
  await tx.query(
    `insert into feeds (connection_id, feed, read_until, next_at)
     select c.id, case c.platform when 'klaviyo' then 'klaviyo_events' else 'zendesk_ticket_events' end, min(b.activated_at), $1
     from connections c join bridges b on c.id in (b.zendesk_id, b.klaviyo_id) where b.activated_at is not null
     group by c.id, c.platform on conflict do nothing`,
    [toIso(now)],
  )
}

/** Takes the feed that is due the longest, until `until`; null when none is. Two readers never get the same. */
export async function claimFeed(tx: Tx, now: Instant, until: Instant): Promise<DueFeed | null> {
  const { rows } = await tx.query<{
    connectionId: ConnectionId
    name: FeedName
    readUntil: Date
    cursor: string | null
    bridges: readonly { id: BridgeId; at: number }[] | null
  }>(
    `update feeds f set next_at = $2 from (
       select connection_id, feed from feeds where next_at <= $1 order by next_at limit 1 for update skip locked
     ) due where f.connection_id = due.connection_id and f.feed = due.feed
     returning f.connection_id as "connectionId", f.feed as name, f.read_until as "readUntil", f.cursor,
       (select json_agg(json_build_object('id', b.id, 'at', extract(epoch from b.activated_at) * 1000)) from bridges b
        where f.connection_id in (b.zendesk_id, b.klaviyo_id) and b.activated_at is not null) as bridges`,
    [toIso(now), toIso(until)],
  )
  const row = rows[0]
  if (row === undefined) return null
  const { connectionId, name, readUntil, cursor } = row
  return {
    ...{ connectionId, name },
    position: { since: instant(readUntil.getTime()), cursor },
    bridges: (row.bridges ?? []).map(({ id, at }) => ({ id, activatedAt: instant(at) })),
  }
}

type FeedKey = Pick<DueFeed, 'connectionId' | 'name'>

/** Keeps how far a feed was read, after what was read is stored. */
export async function saveFeedPosition(
  tx: Tx,
  { connectionId, name }: FeedKey,
  position: FeedPosition,
  found: number,
): Promise<void> {
  await tx.query(
    `update feeds set read_until = $3, cursor = $4, problem = null, found = found + $5 where connection_id = $1 and feed = $2`,
    [connectionId, name, toIso(position.since), position.cursor, found],
  )
}

/** Says why a feed could not be read, and when it is tried again. */
export async function saveFeedProblem(
  tx: Tx,
  { connectionId, name }: FeedKey,
  problem: string,
  nextAt: Instant,
): Promise<void> {
  await tx.query(
    'update feeds set problem = $3, next_at = $4 where connection_id = $1 and feed = $2',
    [connectionId, name, problem, toIso(nextAt)],
  )
}

/** How far a feed was read, and how that went. Times are ISO 8601. */
export type FeedState = {
  readonly connectionId: ConnectionId
  readonly name: string
  readonly readUntil: string
  readonly problem: string | null
  readonly found: number
}

export async function listFeeds(tx: Tx): Promise<readonly FeedState[]> {
  const { rows } = await tx.query<FeedState>(
    `select connection_id as "connectionId", feed as name, to_json(read_until) #>> '{}' as "readUntil", problem, found
     from feeds order by connection_id, feed`,
  )
  return rows
}
