import { type BridgeRow, findBridgeRow } from '../db/bridge-store.ts'
import { type ConnectionRow, listConnections } from '../db/connection-store.ts'
import type { BridgeContext, FindBridge } from '../engine/bridge-context.ts'
import type { BridgeId, ConnectionId } from '../kernel/ids.ts'
import { type Instant, SECOND } from '../kernel/instant.ts'
import type { Limiter } from '../outbound/limiter.ts'
import { klaviyoFactsSchema, zendeskFactsSchema } from './account-facts.ts'
import type { KlaviyoClients, ZendeskClients } from './clients.ts'
import { effectDraws, isForKlaviyo } from './effect-draws.ts'
import { createLimiter } from './limiter.ts'
import { type OpenDeps, openKlaviyo, openZendesk } from './open-connection.ts'
import { brandIds, toPolicy } from './policy.ts'
import { readBridgeSettings } from './settings.ts'

export type BridgeDeps = OpenDeps & {
  /** `headers` keeps back only what answers announce; for measuring, where the limits are off. */
  readonly rateLimits: 'default' | 'headers'
}

/** How long a bridge is used before it is read again: a change takes effect within this time. */
const FRESH_MS = 2 * SECOND

/**
 * Finds bridges and keeps the clients of their connections: a bridge is read again every two seconds,
 * and rebuilt only when it changed. Bridges that share a connection share its clients, and so its token.
 */
export function createBridges(deps: BridgeDeps): FindBridge {
  const cache = new Map<BridgeId, { context: BridgeContext; version: string; readAt: Instant }>()
  const zendesks = createClientCache((row) => limited(deps, row, openZendesk))
  const klaviyos = createClientCache((row) => limited(deps, row, openKlaviyo))
  return async (id) => {
    const cached = cache.get(id)
    if (cached !== undefined && isFresh(cached.readAt, deps.clock.now())) return cached.context
    const row = await findBridgeRow(deps.db, id)
    const [zendesk, klaviyo] = await listConnections(deps.db, id)
    if (row === null || zendesk === undefined || klaviyo === undefined) {
      cache.delete(id)
      return null
    }
    const version = JSON.stringify([row.settings, versionOf(zendesk), versionOf(klaviyo)])
    const context =
      cached?.version === version
        ? cached.context
        : toContext(row, zendesk, zendesks(zendesk), klaviyo, klaviyos(klaviyo))
    cache.set(id, { context, version, readAt: deps.clock.now() })
    return context
  }
}

/** A connection's clients, and what keeps its limits before each of their calls. */
function limited<Clients>(
  deps: BridgeDeps,
  row: ConnectionRow,
  open: (deps: OpenDeps, row: ConnectionRow, kept: { limiter: Limiter }) => Clients,
): Clients & { readonly limiter: Limiter } {
  const headersOnly = deps.rateLimits === 'headers'
  const limiter = createLimiter({ ...deps, id: row.id, headersOnly })
  return { ...open(deps, row, { limiter }), limiter }
}

/** Clients by connection, made anew when its credentials or address change. */
function createClientCache<Clients>(open: (row: ConnectionRow) => Clients) {
  const cache = new Map<ConnectionId, { clients: Clients; version: string }>()
  return (row: ConnectionRow): Clients => {
    const version = `${row.baseUrl} ${row.credentialsSealed}`
    const cached = cache.get(row.id)
    if (cached?.version === version) return cached.clients
    const clients = open(row)
    cache.set(row.id, { clients, version })
    return clients
  }
}

/** A clock that was set back makes everything stale, not fresh for ever. */
function isFresh(readAt: Instant, now: Instant): boolean {
  return now >= readAt && now - readAt < FRESH_MS
}

/** Whether a connection is in order changes nothing of what is built. */
function versionOf({ id, baseUrl, credentialsSealed, facts }: ConnectionRow): readonly unknown[] {
  return [id, baseUrl, credentialsSealed, facts]
}

function toContext(
  row: BridgeRow,
  zendesk: ConnectionRow,
  zendeskClients: ZendeskClients & { readonly limiter: Limiter },
  klaviyo: ConnectionRow,
  klaviyoClients: KlaviyoClients & { readonly limiter: Limiter },
): BridgeContext {
  const settings = readBridgeSettings(row.settings)
  const facts = zendeskFactsSchema.parse(zendesk.facts)
  klaviyoFactsSchema.parse(klaviyo.facts)
  return {
    id: row.id,
    name: row.name,
    policy: toPolicy(settings, facts),
    metricsPolicy: {
      account: zendesk.accountId,
      brands:
        settings.tickets.brands === 'all'
          ? 'all'
          : settings.tickets.brands.flatMap((brand) => brandIds(facts, brand)),
    },
    zendesk: zendeskClients,
    klaviyo: klaviyoClients,
    waitFor: (effect) =>
      (isForKlaviyo(effect) ? klaviyoClients : zendeskClients).limiter.peek(effectDraws(effect)),
    ticketFields: facts.ticketFields.map(({ options, ...field }) =>
      options === undefined ? field : { ...field, options },
    ),
  }
}
