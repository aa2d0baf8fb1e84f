import { countBridgesOf, findBridgeByName } from '../db/bridge-store.ts'
import { type ConnectionRow, listConnections } from '../db/connection-store.ts'
import { withNamedLock } from '../db/named-lock.ts'
import type { InTransaction } from '../db/records.ts'
import { removeBridge } from '../db/remove-bridge.ts'
import { findWebhook } from '../db/webhook-store.ts'
import { type OpenDeps, openKlaviyo, openZendesk } from './open-connection.ts'

/** What removing did; `left` names what could not be taken back at a platform. */
export type Removed = { readonly left: readonly string[] }

/**
 * Removes a bridge with all that was kept for it, and of accounts that no other bridge uses the webhook
 * at the platform and the credentials here. Tickets, comments, events and texts stay as they are. What a
 * platform does not let go is named; it is then refused when it delivers. Null when there is no such bridge.
 */
export async function takeBridgeDown(
  deps: OpenDeps & { readonly inTransaction: InTransaction },
  name: string,
): Promise<Removed | null> {
  return deps.onSession((session) =>
    withNamedLock(session, 'set-up', async () => {
      const bridge = await findBridgeByName(deps.db, name)
      if (bridge === null) return null
      const rows = await listConnections(deps.db, bridge.id)
      const left: string[] = []
      for (const row of rows) {
        const why = (await isShared(deps, row)) ? null : await removeWebhook(deps, row)
        if (why !== null) left.push(why)
      }
      await removeBridge(deps.inTransaction, bridge.id)
      return { left }
    }),
  )
}

async function isShared({ db }: OpenDeps, { id }: ConnectionRow): Promise<boolean> {
  return (await countBridgesOf(db, id)) > 1
}

/** Why the webhook stays at the platform; null when it is gone, or was never there. */
async function removeWebhook(deps: OpenDeps, row: ConnectionRow): Promise<string | null> {
  const webhook = await findWebhook(deps.db, row.id)
  if (webhook === null) return null
  const { webhooks } = row.platform === 'zendesk' ? openZendesk(deps, row) : openKlaviyo(deps, row)
  const removed = await webhooks.remove(webhook.remoteId)
  const isGone =
    removed.ok || (removed.problem.kind === 'refused' && removed.problem.status === 404)
  return isGone
    ? null
    : `${row.platform}: the webhook ${webhook.remoteId} could not be removed: ${removed.problem.detail}`
}
