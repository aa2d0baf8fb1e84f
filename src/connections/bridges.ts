import { type BridgeRow, findBridgeRow } from '../db/bridge-store.ts'
import { type ConnectionRow, listConnections } from '../db/connection-store.ts'
import type { Effect, Tx } from '../db/records.ts'
import { BRIDGE_FRESH_MS, type BridgeContext, type FindBridge } from '../engine/bridge-context.ts'
import type { BridgeId } from '../kernel/ids.ts'
import type { Clock, Instant } from '../kernel/instant.ts'
import { klaviyoFactsSchema, zendeskFactsSchema } from './account-facts.ts'
import type { KlaviyoClients, ZendeskClients } from './clients.ts'
import { effectDraws, isForKlaviyo } from './effect-draws.ts'
import { isFresh } from './is-fresh.ts'
import type { Connections, Limited } from './open-connections.ts'
import { brandIds, toPolicy } from './policy.ts'
import { readBridgeSettings } from './settings.ts'

/**
 * Finds bridges: one is read again every two seconds, and rebuilt only when it changed. Bridges that share
 * a connection share its clients, and so its token and its limits.
 */
export function createBridges(
  deps: { readonly db: Tx; readonly clock: Clock },
  connections: Connections,
): FindBridge {
  const cache = new Map<BridgeId, { context: BridgeContext; version: string; readAt: Instant }>()
  return async (id) => {
    const cached = cache.get(id)
    if (cached !== undefined && isFresh(cached.readAt, deps.clock.now(), BRIDGE_FRESH_MS))
      return cached.context
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
        : toContext(
            row,
            zendesk,
            connections.zendesk(zendesk),
            klaviyo,
            connections.klaviyo(klaviyo),
          )
    cache.set(id, { context, version, readAt: deps.clock.now() })
    return context
  }
}

/** Whether a connection is in order changes nothing of what is built. */
function versionOf({ id, baseUrl, credentialsSealed, facts }: ConnectionRow): readonly unknown[] {
  return [id, baseUrl, credentialsSealed, facts]
}

function toContext(
  row: BridgeRow,
  zendesk: ConnectionRow,
  zendeskClients: Limited<ZendeskClients>,
  klaviyo: ConnectionRow,
  klaviyoClients: Limited<KlaviyoClients>,
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
    waitFor: (effect) => waitFor(isForKlaviyo(effect) ? klaviyoClients : zendeskClients, effect),
    ticketFields: facts.ticketFields.map(({ options, ...field }) =>
      options === undefined ? field : { ...field, options },
    ),
  }
}

const LIMITED = "the platform's limit on calls, until the next one is free"

function waitFor(
  { gate, limiter }: Pick<Limited<object>, 'gate' | 'limiter'>,
  effect: Effect,
): ReturnType<BridgeContext['waitFor']> {
  const shut = gate.whyShut()
  if (shut !== null) return { waitMs: shut.retryAfterMs, because: shut.detail }
  const waitMs = limiter.peek(effectDraws(effect))
  return waitMs > 0 ? { waitMs, because: LIMITED } : null
}
