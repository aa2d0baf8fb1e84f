import { randomUUID } from 'node:crypto'
import { v7 } from 'uuid'
import type { Seal } from '../../src/connections/seal.ts'
import { secretContext } from '../../src/connections/sealed-contexts.ts'
import { settingsSchema } from '../../src/connections/settings.ts'
import { saveBridge } from '../../src/db/bridge-store.ts'
import { saveConnection } from '../../src/db/connection-store.ts'
import type { Platform, Tx } from '../../src/db/records.ts'
import { saveWebhook } from '../../src/db/webhook-store.ts'
import { systemClock } from '../../src/follow-clock.ts'
import type { BridgeId, ConnectionId } from '../../src/kernel/ids.ts'

export type TestBridge = {
  readonly id: BridgeId
  readonly connections: Record<Platform, ConnectionId>
  readonly secrets: Record<Platform, string>
}

/** A bridge that deliveries may be signed for; its connections hold no credentials, so nothing can be carried out. */
export async function insertBridge(db: Tx, seal: Seal): Promise<TestBridge> {
  const id = v7() as BridgeId
  const now = systemClock.now()
  const connections = { zendesk: v7() as ConnectionId, klaviyo: v7() as ConnectionId }
  const secrets = { zendesk: randomUUID(), klaviyo: randomUUID() }
  for (const platform of ['zendesk', 'klaviyo'] as const) {
    const connection = connections[platform]
    const account = { accountId: connection, accountName: platform, baseUrl: 'https://x' }
    const row = { id: connection, platform, ...account, credentialsSealed: '', scopes: null }
    await saveConnection(db, { ...row, facts: {} }, now)
    const secretSealed = seal.seal(secrets[platform], secretContext(connection))
    await saveWebhook(db, connection, { remoteId: 'w', endpoint: 'https://x', secretSealed })
  }
  const name = `bridge-${id.slice(-12)}`
  const accounts = { zendeskId: connections.zendesk, klaviyoId: connections.klaviyo }
  const settings = settingsSchema.parse({ name })
  await saveBridge(db, { id, name, settings, ...accounts }, now)
  return { id, connections, secrets }
}
