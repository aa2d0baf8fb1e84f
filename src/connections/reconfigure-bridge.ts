import { findConnection } from '../db/connection-store.ts'
import type { ConnectionId } from '../kernel/ids.ts'
import { err, type Result } from '../kernel/result.ts'
import type { ApplyDeps } from './apply-deps.ts'
import { type Joined, joinBridge } from './join-bridge.ts'
import { reachKeptKlaviyo } from './reach-klaviyo.ts'
import { reachKeptZendesk } from './reach-zendesk.ts'
import type { BridgeSettings } from './settings.ts'

/**
 * Makes or changes a bridge between two accounts that are connected already; both are read again first.
 * Null when there is no such connection.
 */
export async function reconfigureBridge(
  deps: ApplyDeps,
  wish: {
    readonly settings: BridgeSettings
    readonly zendeskId: ConnectionId
    readonly klaviyoId: ConnectionId
    readonly isDryRun: boolean
  },
): Promise<Result<Joined, readonly string[]> | null> {
  const zendeskRow = await findConnection(deps.db, wish.zendeskId)
  const klaviyoRow = await findConnection(deps.db, wish.klaviyoId)
  if (zendeskRow?.platform !== 'zendesk' || klaviyoRow?.platform !== 'klaviyo') return null
  const zendesk = await reachKeptZendesk(deps, zendeskRow)
  const klaviyo = await reachKeptKlaviyo(deps, klaviyoRow)
  if (!zendesk.ok || !klaviyo.ok)
    return err([zendesk, klaviyo].flatMap((side) => (side.ok ? [] : [side.problem])))
  const { settings, isDryRun } = wish
  return joinBridge(deps, { settings, isDryRun, zendesk: zendesk.value, klaviyo: klaviyo.value })
}
