import { randomUUID } from 'node:crypto'
import { v7 } from 'uuid'
import { sealCredentials } from '../../src/connections/credentials.ts'
import type { Seal } from '../../src/connections/seal.ts'
import { secretContext } from '../../src/connections/sealed-contexts.ts'
import { settingsSchema } from '../../src/connections/settings.ts'
import { saveBridge } from '../../src/db/bridge-store.ts'
import { saveConnection } from '../../src/db/connection-store.ts'
import type { Platform, Tx } from '../../src/db/records.ts'
import { saveWebhook } from '../../src/db/webhook-store.ts'
import { systemClock } from '../../src/follow-clock.ts'
import type { BridgeId, ConnectionId } from '../../src/kernel/ids.ts'
import { phoneOf, profileOf, userOf } from './requests.ts'

/** A bridge whose platforms are the bench's own. */
export type PerfBridge = {
  readonly id: BridgeId
  readonly connections: Record<Platform, ConnectionId>
  readonly secrets: Record<Platform, string>
}

const CREDENTIALS = {
  zendesk: { kind: 'client_credentials', clientId: 'perf', clientSecret: 'perf' },
  klaviyo: { kind: 'private_key', apiKey: 'pk_perf' },
} as const
const FACTS = { zendesk: { brands: [], ticketFields: [] }, klaviyo: { topics: [] } }

export async function insertPerfBridge(
  db: Tx,
  seal: Seal,
  baseUrls: Record<Platform, string>,
): Promise<PerfBridge> {
  const id = v7() as BridgeId
  const now = systemClock.now()
  const connections = { zendesk: v7() as ConnectionId, klaviyo: v7() as ConnectionId }
  const secrets = { zendesk: randomUUID(), klaviyo: randomUUID() }
  for (const platform of ['zendesk', 'klaviyo'] as const) {
    const connectionId = connections[platform]
    const account = {
      accountId: connectionId,
      accountName: platform,
      baseUrl: baseUrls[platform],
    }
    const credentialsSealed = sealCredentials(seal, connectionId, CREDENTIALS[platform])
    const row = { id: connectionId, platform, ...account, credentialsSealed, scopes: null }
    await saveConnection(db, { ...row, facts: FACTS[platform] }, now)
    const secretSealed = seal.seal(secrets[platform], secretContext(connectionId))
    await saveWebhook(db, connectionId, { remoteId: 'w', endpoint: 'https://x', secretSealed })
  }
  const name = `perf-${id.slice(-12)}`
  const accounts = { zendeskId: connections.zendesk, klaviyoId: connections.klaviyo }
  await saveBridge(db, { id, name, settings: settingsSchema.parse({ name }), ...accounts }, now)
  return { id, connections, secrets }
}

/** Known customers with an open ticket each, numbered from 1: customer 7 has ticket 7. */
export async function insertCustomers(db: Tx, bridge: PerfBridge, count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, index) => index + 1)
  await db.query(
    `with given as (select n, phone, profile, zendesk_user, gen_random_uuid() as customer, gen_random_uuid() as conversation
       from unnest($2::int[], $3::text[], $4::text[], $5::text[]) as t (n, phone, profile, zendesk_user)),
     made as (insert into customers (id, bridge_id, zendesk_user_id, created_at) select customer, $1, zendesk_user, now() from given),
     phones as (insert into aliases (bridge_id, kind, value, customer_id) select $1, 'phone', phone, customer from given),
     profiles as (insert into aliases (bridge_id, kind, value, customer_id) select $1, 'profile', profile, customer from given),
     conversations as (insert into conversations (id, bridge_id, customer_id, channel, brand_number, customer_number, profile_id, klaviyo_conversation_id, ticket_id, created_at)
       select conversation, $1, customer, 'sms', '+18005550100', phone, profile, 'C' || n, n::text, now() from given)
     insert into tickets (bridge_id, ticket_id, conversation_id, status, status_at) select $1, n::text, conversation, 'open', now() from given`,
    [bridge.id, numbers, numbers.map(phoneOf), numbers.map(profileOf), numbers.map(userOf)],
  )
}
