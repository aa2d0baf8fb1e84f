import { afterAll, beforeAll, expect, it } from 'vitest'
import { secretContext } from '../../src/connections/sealed-contexts.ts'
import { saveWebhook } from '../../src/db/webhook-store.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { customerText, klaviyoDelivery } from '../support/platform-events.ts'
import { fromKlaviyo } from '../support/signed-delivery.ts'
import { startTestService, type TestService } from '../support/test-service.ts'

let database: OwnDatabase
let service: TestService

beforeAll(async () => {
  database = await ownDatabase()
  service = await startTestService(database.config)
})
afterAll(async () => {
  await service?.close()
  await database?.drop()
})

const deliver = async (eventId: string, secret: string) => {
  const text = klaviyoDelivery(customerText({ eventId }))
  return (await service.deliver(fromKlaviyo(text, { secret, at: Date.now() }))).status
}

it('a webhook’s new secret is good from the first delivery that is signed with it', async () => {
  const { connections, secrets } = service.bridge
  expect(await deliver('before', secrets.klaviyo)).toBe(200)
  const secretSealed = service.setUp.seal.seal('another', secretContext(connections.klaviyo))
  const row = { remoteId: 'w', endpoint: 'https://x', secretSealed }
  await saveWebhook(service.db, connections.klaviyo, row)
  expect(await deliver('after', 'another')).toBe(200)
  expect(await deliver('too late', secrets.klaviyo)).toBe(401)
  expect(await service.count('events')).toBe(2)
})
