import type { OpenAPIHono, z } from '@hono/zod-openapi'
import type { ConnectDeps } from '../../connections/connect.ts'
import { reconfigureBridge } from '../../connections/reconfigure-bridge.ts'
import { takeBridgeDown } from '../../connections/remove-bridge.ts'
import { readBridgeSettings } from '../../connections/settings.ts'
import { listBridges } from '../../db/bridge-store.ts'
import { listConnections } from '../../db/connection-store.ts'
import type { Tx } from '../../db/records.ts'
import type { ConnectionId } from '../../kernel/ids.ts'
import { type bridgeSchema, deleteBridge, getBridges, putBridge } from './bridges-contract.ts'

/** Bridges: what there is and what was chosen. Choosing calls both platforms and may take a while. */
export function mountBridges(api: OpenAPIHono, { setUp }: { readonly setUp: ConnectDeps }): void {
  api.openapi(getBridges, async (context) =>
    context.json({ bridges: await describeBridges(setUp.db) }, 200),
  )
  api.openapi(deleteBridge, async (context) => {
    const removed = await takeBridgeDown(setUp, context.req.valid('param').name)
    return removed === null
      ? context.json({ error: 'there is no bridge of this name' }, 404)
      : context.json({ left: [...removed.left] }, 200)
  })
  api.openapi(putBridge, async (context) => {
    const { name } = context.req.valid('param')
    const { zendeskId, klaviyoId, ...choices } = context.req.valid('json')
    const done = await reconfigureBridge(setUp, {
      settings: { name, ...choices },
      zendeskId: zendeskId as ConnectionId,
      klaviyoId: klaviyoId as ConnectionId,
      isDryRun: context.req.valid('query').dryRun === 'true',
    })
    if (done === null) return context.json({ error: 'no connection has one of these ids' }, 404)
    if (!done.ok)
      return context.json({ error: done.problem.join('; '), problems: [...done.problem] }, 422)
    const { bridgeId, changes, notices } = done.value
    return context.json({ bridgeId, changes: [...changes], notices: [...notices] }, 200)
  })
}

async function describeBridges(db: Tx): Promise<z.infer<typeof bridgeSchema>[]> {
  const rows = await listBridges(db)
  return Promise.all(
    rows.map(async (row) => {
      const { name: _name, ...settings } = readBridgeSettings(row.settings)
      return {
        id: row.id,
        name: row.name,
        isActive: row.activatedAt !== null,
        zendeskId: row.zendeskId,
        klaviyoId: row.klaviyoId,
        settings,
        connections: (await listConnections(db, row.id)).map(
          ({ platform, accountName, state, stateReason }) => ({
            platform,
            account: accountName,
            state,
            stateReason,
          }),
        ),
      }
    }),
  )
}
