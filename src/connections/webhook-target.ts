import type { Platform, Tx } from '../db/records.ts'
import { findWebhookTarget } from '../db/webhook-store.ts'
import type { BridgeId, ConnectionId } from '../kernel/ids.ts'
import { type Clock, type Instant, SECOND } from '../kernel/instant.ts'
import { isFresh } from './is-fresh.ts'
import type { Seal } from './seal.ts'
import { secretContext } from './sealed-contexts.ts'

/** Whom a delivery is for, and what it may be signed with. */
export type WebhookTarget = {
  readonly secrets: readonly string[]
  /** Every bridge of the account: each decides for itself. None when all were removed. */
  readonly bridgeIds: readonly BridgeId[]
}

type Deps = { readonly db: Tx; readonly seal: Seal }

type FindWebhookTarget = (
  id: ConnectionId,
  platform: Platform,
  options: { readonly afresh: boolean },
) => Promise<WebhookTarget | null>

/** How long a target is used before it is read again, unless it is asked for afresh. */
const FRESH_MS = 2 * SECOND

/**
 * Finds targets, each read again every two seconds. Afresh it is read at once, and is the very object
 * given before when nothing changed. What is not there is not kept: anybody may name any id.
 */
export function createWebhookTargets(deps: Deps & { readonly clock: Clock }): FindWebhookTarget {
  const cache = new Map<string, { target: WebhookTarget; version: string; readAt: Instant }>()
  return async (id, platform, { afresh }) => {
    const key = `${platform} ${id}`
    const cached = cache.get(key)
    if (!afresh && cached !== undefined && isFresh(cached.readAt, deps.clock.now(), FRESH_MS))
      return cached.target
    const found = await openWebhookTarget(deps, id, platform)
    if (found === null) {
      cache.delete(key)
      return null
    }
    const version = JSON.stringify(found)
    const target = cached?.version === version ? cached.target : found
    cache.set(key, { target, version, readAt: deps.clock.now() })
    return target
  }
}

/** Null when the account has no such webhook. */
async function openWebhookTarget(
  deps: Deps,
  id: ConnectionId,
  platform: Platform,
): Promise<WebhookTarget | null> {
  const row = await findWebhookTarget(deps.db, id, platform)
  if (row === null) return null
  const secrets = [deps.seal.open(row.secretSealed, secretContext(id))]
  return { secrets, bridgeIds: row.bridgeIds }
}
