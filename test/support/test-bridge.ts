import { randomUUID } from 'node:crypto'
import { v7 } from 'uuid'
import type { Seal } from '../../src/connections/seal.ts'
import { secretContext } from '../../src/connections/sealed-contexts.ts'
import { saveBridge } from '../../src/db/bridge-store.ts'
import type { Platform, Tx } from '../../src/db/records.ts'
import { saveWebhook } from '../../src/db/webhook-store.ts'
import { systemClock } from '../../src/follow-clock.ts'
import type { BridgeId } from '../../src/kernel/ids.ts'

export type TestBridge = { readonly id: BridgeId; readonly secrets: Record<Platform, string> }

/** A bridge that deliveries may be signed for; it has no connections, so nothing can be carried out. */
export async function insertBridge(db: Tx, seal: Seal): Promise<TestBridge> {
  const id = v7() as BridgeId
  const secrets = { zendesk: randomUUID(), klaviyo: randomUUID() }
  await saveBridge(db, { id, name: `bridge-${id}`, settings: {} }, systemClock.now())
  for (const platform of ['zendesk', 'klaviyo'] as const) {
    const secretSealed = seal.seal(secrets[platform], secretContext(id, platform))
    await saveWebhook(db, id, { platform, remoteId: 'w', endpoint: 'https://x', secretSealed })
  }
  return { id, secrets }
}
