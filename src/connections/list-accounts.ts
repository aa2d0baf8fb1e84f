import { listBridges } from '../db/bridge-store.ts'
import { type ConnectionRow, listAllConnections } from '../db/connection-store.ts'
import { type FeedState, listFeeds } from '../db/feed-store.ts'
import type { Platform, Tx } from '../db/records.ts'
import { listStillConnections, type StillConnection } from '../db/still-connections.ts'
import type { ConnectionId } from '../kernel/ids.ts'
import { toIso } from '../kernel/instant.ts'
import { zendeskFactsSchema } from './account-facts.ts'
import { openKlaviyoCredentials, openZendeskCredentials } from './credentials.ts'
import { standsBecause } from './gates.ts'
import type { Seal } from './seal.ts'

/** A connected account as its operator sees it; no secret is in it. */
export type ConnectedAccount = {
  readonly id: ConnectionId
  readonly platform: Platform
  readonly account: string
  readonly accountId: string
  readonly url: string
  readonly door: 'authorization_code' | 'client_credentials' | 'private_key'
  readonly clientId: string | null
  readonly scopes: string[] | null
  readonly state: 'ready' | 'reconnect'
  readonly stateReason: string | null
  /** Why it is not called right now; null while it is. */
  readonly stands: { why: 'paused' | 'down'; says: string; since: string } | null
  readonly feeds: { name: string; readUntil: string; problem: string | null; found: number }[]
  /** The names of the bridges that use it. */
  readonly bridges: string[]
  readonly brands: { name: string; isDefault: boolean }[]
}

/** Every connected account, Zendesk's first. */
export async function listAccounts(deps: {
  readonly db: Tx
  readonly seal: Seal
}): Promise<ConnectedAccount[]> {
  const bridges = await listBridges(deps.db)
  const rows = await listAllConnections(deps.db)
  const still = await listStillConnections(deps.db)
  const feeds = await listFeeds(deps.db)
  return rows.map((row) => ({
    id: row.id,
    platform: row.platform,
    account: row.accountName,
    accountId: row.accountId,
    url: row.baseUrl,
    ...doorOf(deps.seal, row),
    scopes: row.scopes?.split(/\s+/) ?? null,
    state: row.state,
    stateReason: row.stateReason,
    stands: standsOf(still.find(({ id }) => id === row.id)),
    feeds: feeds.filter(({ connectionId }) => connectionId === row.id).map(toFeed),
    bridges: bridges
      .filter(({ zendeskId, klaviyoId }) => row.id === zendeskId || row.id === klaviyoId)
      .map(({ name }) => name),
    brands: brandsOf(row),
  }))
}

/** Why a connection is not called, and since when. */
export function standsOf(still: StillConnection | undefined): ConnectedAccount['stands'] {
  if (still === undefined) return null
  const since = still.pausedAt ?? still.downSince
  if (since === null) return null
  const why = still.pausedAt === null ? 'down' : 'paused'
  return { why, says: `${standsBecause(still)}.`, since: toIso(since) }
}

function toFeed({ name, readUntil, problem, found }: FeedState): ConnectedAccount['feeds'][number] {
  return { name, readUntil, problem, found }
}

function doorOf(seal: Seal, row: ConnectionRow): Pick<ConnectedAccount, 'door' | 'clientId'> {
  if (row.platform === 'zendesk') {
    const { kind, clientId } = openZendeskCredentials(seal, row)
    return { door: kind, clientId }
  }
  const credentials = openKlaviyoCredentials(seal, row)
  return credentials.kind === 'private_key'
    ? { door: credentials.kind, clientId: null }
    : { door: credentials.kind, clientId: credentials.clientId }
}

function brandsOf({ platform, facts }: ConnectionRow): ConnectedAccount['brands'] {
  if (platform === 'klaviyo') return []
  return zendeskFactsSchema.parse(facts).brands.map(({ name, isDefault }) => ({ name, isDefault }))
}
