import type { Platform, Tx } from '../db/records.ts'
import { findWebhookTarget } from '../db/webhook-store.ts'
import type { BridgeId, ConnectionId } from '../kernel/ids.ts'
import type { Seal } from './seal.ts'
import { secretContext } from './sealed-contexts.ts'

/** Whom a delivery is for, and what it may be signed with. */
export type WebhookTarget = {
  readonly secrets: readonly string[]
  /** Every bridge of the account: each decides for itself. None when all were removed. */
  readonly bridgeIds: readonly BridgeId[]
}

/** Null when the account has no such webhook. */
export async function openWebhookTarget(
  deps: { readonly db: Tx; readonly seal: Seal },
  id: ConnectionId,
  platform: Platform,
): Promise<WebhookTarget | null> {
  const row = await findWebhookTarget(deps.db, id, platform)
  if (row === null) return null
  const secrets = [deps.seal.open(row.secretSealed, secretContext(id))]
  return { secrets, bridgeIds: row.bridgeIds }
}
