import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { instant, MINUTE } from '../../src/kernel/instant.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { agentComment } from '../support/platform-events.ts'
import { expectRefused, timestampOf, withSignature, withTimestamp } from '../support/refusals.ts'
import { fromZendesk, type SignedDelivery } from '../support/signed-delivery.ts'
import type { TestBridge } from '../support/test-bridge.ts'
import { startTestService, type TestService } from '../support/test-service.ts'

const NOW = Date.UTC(2026, 10, 22, 12, 0, 0)
const BODY = JSON.stringify(agentComment({ eventId: 'signed' }))

let database: OwnDatabase
let service: TestService
let otherBridge: TestBridge

beforeAll(async () => {
  database = await ownDatabase()
  service = await startTestService(database.config, () => instant(NOW))
  otherBridge = await service.addBridge()
})
afterAll(async () => {
  await service?.close()
  await database?.drop()
})
beforeEach(async () => {
  await service.forget()
})

const signed = (given: { at?: number; secret?: string; body?: string } = {}) => {
  const { at = NOW, secret = service.bridge.secrets.zendesk, body = BODY } = given
  return fromZendesk(body, { secret, at })
}

/** One whose base64 differs from its base64url. */
function withTellingSignature(): SignedDelivery {
  for (let spaces = 0; ; spaces += 1) {
    const delivery = signed({ body: BODY + ' '.repeat(spaces) })
    if (/[+/]/.test(delivery.headers['x-zendesk-webhook-signature'] ?? '')) return delivery
  }
}

function signedBodyFirst(): SignedDelivery {
  const hmac = createHmac('sha256', service.bridge.secrets.zendesk)
  const swapped = hmac.update(BODY).update(timestampOf(signed())).digest('base64')
  return withSignature(signed(), () => swapped)
}

const inBase64Url = (signature: string) => signature.replaceAll('+', '-').replaceAll('/', '_')

describe('a delivery that claims to be Zendesk’s', () => {
  it.each<[string, () => SignedDelivery]>([
    ['an empty signature', () => withSignature(signed(), () => '')],
    ['a truncated signature', () => withSignature(signed(), (whole) => whole.slice(0, -4))],
    ['no padding', () => withSignature(signed(), (whole) => whole.replace(/=+$/, ''))],
    ['base64url', () => withSignature(withTellingSignature(), inBase64Url)],
    ['unicode for a signature', () => withSignature(signed(), () => 'sïgnatürè'.repeat(5))],
    ['another tenant’s secret', () => signed({ secret: otherBridge.secrets.zendesk })],
    ['the other platform’s secret', () => signed({ secret: service.bridge.secrets.klaviyo })],
    ['an empty secret', () => signed({ secret: '' })],
    ['a changed body', () => ({ ...signed(), body: `${BODY} ` })],
    ['an empty body', () => ({ ...signed(), body: '' })],
    ['body signed before timestamp', signedBodyFirst],
    ['another timestamp', () => withTimestamp(signed(), new Date(NOW + 1).toISOString())],
  ])('is refused as forged: %s', async (_, delivery) => {
    await expectRefused(service, delivery(), { status: 401, reason: 'bad_signature' })
  })

  it.each<[string, () => SignedDelivery, string]>([
    ['no signature', () => withSignature(signed(), () => null), 'missing_signature'],
    ['no timestamp', () => withTimestamp(signed(), null), 'missing_signature'],
    ['an unreadable timestamp', () => withTimestamp(signed(), 'söon'), 'bad_timestamp'],
    ['more than five minutes old', () => signed({ at: NOW - 5 * MINUTE - 1 }), 'stale'],
    ['more than five minutes ahead', () => signed({ at: NOW + 5 * MINUTE + 1 }), 'stale'],
  ])('is refused with the reason: %s', async (_, delivery, reason) => {
    await expectRefused(service, delivery(), { status: 401, reason })
  })

  it.each([-5, 0, 5])('is accepted %i minutes off, and stored once', async (minutes) => {
    expect((await service.deliver(signed({ at: NOW + minutes * MINUTE }))).status).toBe(200)
    expect(await service.count('events')).toBe(1)
  })
})
