import { findConnection } from '../db/connection-store.ts'
import type { DueFeed } from '../db/feed-store.ts'
import type { Tx } from '../db/records.ts'
import type { ReadFeed } from '../engine/reconcile/feed.ts'
import { createKlaviyoFeed } from '../engine/reconcile/klaviyo-feed.ts'
import { createZendeskFeed } from '../engine/reconcile/zendesk-feed.ts'
import type { ConnectionId } from '../kernel/ids.ts'
import type { Connections } from './open-connections.ts'

/** Finds a platform's feed by its connection; null when the account is not connected any more. */
export function createFeeds(
  deps: { readonly db: Tx },
  connections: Connections,
): (feed: Pick<DueFeed, 'connectionId' | 'name'>) => Promise<ReadFeed | null> {
  const cache = new Map<ConnectionId, { readonly clients: object; readonly read: ReadFeed }>()
  return async ({ connectionId }) => {
    const row = await findConnection(deps.db, connectionId)
    if (row === null) return null
    const clients = connections[row.platform](row)
    const cached = cache.get(connectionId)
    if (cached?.clients === clients) return cached.read
    const read =
      'ticketEvents' in clients
        ? createZendeskFeed(clients.ticketEvents)
        : createKlaviyoFeed(clients)
    cache.set(connectionId, { clients, read })
    return read
  }
}
