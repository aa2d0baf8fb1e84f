import { findBridgeRow } from '../db/bridge-store.ts'
import {
  type ConnectionRow,
  listConnections,
  markReady,
  markReconnect,
} from '../db/connection-store.ts'
import type { Platform, Tx } from '../db/records.ts'
import { findWebhook } from '../db/webhook-store.ts'
import type { BridgeContext, FindBridge } from '../engine/bridge-context.ts'
import type { Failpoint } from '../engine/failpoints.ts'
import type { BridgeId } from '../kernel/ids.ts'
import { type Clock, type Instant, SECOND } from '../kernel/instant.ts'
import type { Outbound } from '../outbound/request.ts'
import { klaviyoFactsSchema, zendeskFactsSchema } from './account-facts.ts'
import { klaviyoClients, zendeskClients } from './clients.ts'
import { brandIds, toPolicy } from './policy.ts'
import type { Seal } from './seal.ts'
import { credentialsContext, secretContext } from './sealed-contexts.ts'
import type { BridgeSettings } from './settings.ts'
import { createZendeskTokens, type ZendeskCredentials } from './zendesk-tokens.ts'

export type BridgeDeps = {
  readonly db: Tx
  readonly onSession: <T>(work: (session: Tx) => Promise<T>) => Promise<T>
  readonly seal: Seal
  readonly outbound: Outbound
  readonly clock: Clock
  readonly failpoint: Failpoint
}

/** How long a bridge is used before it is read again: a change takes effect within this time. */
const FRESH_MS = 2 * SECOND

/** Finds bridges and keeps their clients: a bridge is read again every two seconds, and rebuilt only when it changed. */
export function createBridges(deps: BridgeDeps): FindBridge {
  const cache = new Map<BridgeId, { context: BridgeContext; version: string; readAt: Instant }>()
  return async (id) => {
    const cached = cache.get(id)
    if (cached !== undefined && isFresh(cached.readAt, deps.clock.now())) return cached.context
    const [row, connections] = [
      await findBridgeRow(deps.db, id),
      await listConnections(deps.db, id),
    ]
    if (row === null || connections.length < 2) {
      cache.delete(id)
      return null
    }
    const version = JSON.stringify([
      row.settings,
      connections.map(({ state: _state, stateReason: _why, ...kept }) => kept),
    ])
    const context =
      cached?.version === version
        ? cached.context
        : toContext(deps, id, row.name, row.settings as BridgeSettings, connections)
    cache.set(id, { context, version, readAt: deps.clock.now() })
    return context
  }
}

/** A clock that was set back makes everything stale, not fresh for ever. */
function isFresh(readAt: Instant, now: Instant): boolean {
  return now >= readAt && now - readAt < FRESH_MS
}

function toContext(
  deps: BridgeDeps,
  id: BridgeId,
  name: string,
  settings: BridgeSettings,
  connections: readonly ConnectionRow[],
): BridgeContext {
  const zendesk = connectionTo('zendesk', connections)
  const klaviyo = connectionTo('klaviyo', connections)
  const facts = zendeskFactsSchema.parse(zendesk.facts)
  klaviyoFactsSchema.parse(klaviyo.facts)
  const credentials = JSON.parse(
    deps.seal.open(zendesk.credentialsSealed, credentialsContext(id, 'zendesk')),
  ) as ZendeskCredentials
  const { apiKey } = JSON.parse(
    deps.seal.open(klaviyo.credentialsSealed, credentialsContext(id, 'klaviyo')),
  ) as { apiKey: string }
  const token = createZendeskTokens({
    ...deps,
    bridgeId: id,
    baseUrl: zendesk.baseUrl,
    credentials,
  })
  return {
    id,
    name,
    policy: toPolicy(settings, facts),
    metricsPolicy: {
      account: zendesk.accountId,
      brands:
        settings.tickets.brands === 'all'
          ? 'all'
          : settings.tickets.brands.flatMap((brand) => brandIds(facts, brand)),
    },
    zendesk: zendeskClients({ ...deps, baseUrl: zendesk.baseUrl, token }),
    klaviyo: klaviyoClients({
      ...deps,
      baseUrl: klaviyo.baseUrl,
      apiKey,
      onRefused: (why) => void saveRefusal(deps.db, id, why),
      wasRefused: klaviyo.state === 'reconnect',
    }),
    ticketFields: facts.ticketFields.map(({ options, ...field }) =>
      options === undefined ? field : { ...field, options },
    ),
  }
}

function connectionTo(platform: Platform, connections: readonly ConnectionRow[]): ConnectionRow {
  const found = connections.find((connection) => connection.platform === platform)
  if (found === undefined) throw new Error(`the bridge has no ${platform} connection`)
  return found
}

/** The secrets a bridge's deliveries may be signed with; null when the bridge has no such webhook. */
export async function findWebhookSecrets(
  deps: Pick<BridgeDeps, 'db' | 'seal'>,
  id: BridgeId,
  platform: Platform,
): Promise<readonly string[] | null> {
  const row = await findWebhook(deps.db, id, platform)
  return row === null ? null : [deps.seal.open(row.secretSealed, secretContext(id, platform))]
}

/** Shown to the operator; the work itself waits and tries again, so a failure to write it is no harm. */
async function saveRefusal(db: Tx, id: BridgeId, why: string | null): Promise<void> {
  const saving =
    why === null
      ? markReady(db, id, 'klaviyo')
      : markReconnect(db, id, 'klaviyo', `Klaviyo refused the key: ${why}`)
  await saving.catch(() => undefined)
}
