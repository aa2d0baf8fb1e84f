import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { HOUR, instant, MINUTE, SECOND } from '../../src/kernel/instant.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { customerText, klaviyoDelivery } from '../support/platform-events.ts'
import { expectRefused, timestampOf, withSignature, withTimestamp } from '../support/refusals.ts'
import { fromKlaviyo, type SignedDelivery, withHeaders } from '../support/signed-delivery.ts'
import type { TestBridge } from '../support/test-bridge.ts'
import { startTestService, type TestService } from '../support/test-service.ts'

const NOW = Date.UTC(2026, 10, 22, 12, 0, 0)
const BODY = JSON.stringify(klaviyoDelivery(customerText({ eventId: 'signed' })))

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

const signed = (given: { at?: number; secret?: string } = {}) => {
  const { at = NOW, secret = service.bridge.secrets.klaviyo } = given
  return fromKlaviyo(BODY, { secret, at })
}

function signedTimestampFirst(): SignedDelivery {
  const hmac = createHmac('sha256', service.bridge.secrets.klaviyo)
  const swapped = hmac.update(timestampOf(signed())).update(BODY).digest('hex')
  return withSignature(signed(), () => swapped)
}

const inBase64 = (signature: string) => Buffer.from(signature, 'hex').toString('base64')

describe('a delivery that claims to be Klaviyo’s', () => {
  it.each<[string, () => SignedDelivery]>([
    ['an empty signature', () => withSignature(signed(), () => '')],
    ['a truncated signature', () => withSignature(signed(), (whole) => whole.slice(2))],
    ['upper-case hex', () => withSignature(signed(), (whole) => whole.toUpperCase())],
    ['base64', () => withSignature(signed(), inBase64)],
    ['unicode for a signature', () => withSignature(signed(), () => 'ü'.repeat(64))],
    ['another tenant’s secret', () => signed({ secret: otherBridge.secrets.klaviyo })],
    ['the other platform’s secret', () => signed({ secret: service.bridge.secrets.zendesk })],
    ['a changed body', () => ({ ...signed(), body: `${BODY} ` })],
    ['timestamp signed before body', signedTimestampFirst],
    ['the same time written otherwise', () => withTimestamp(signed(), new Date(NOW).toISOString())],
  ])('is refused as forged: %s', async (_, delivery) => {
    await expectRefused(service, delivery(), { status: 401, reason: 'bad_signature' })
  })

  it.each<[string, () => SignedDelivery, string]>([
    ['no signature', () => withSignature(signed(), () => null), 'missing_signature'],
    ['no timestamp', () => withTimestamp(signed(), null), 'missing_signature'],
    ['an unreadable timestamp', () => withTimestamp(signed(), '¹²'), 'bad_timestamp'],
    ['more than 49 hours old', () => signed({ at: NOW - 49 * HOUR - SECOND }), 'stale'],
    ['more than five minutes ahead', () => signed({ at: NOW + 5 * MINUTE + SECOND }), 'stale'],
  ])('is refused with the reason: %s', async (_, delivery, reason) => {
    await expectRefused(service, delivery(), { status: 401, reason })
  })

  it('is refused when header and body name different webhooks', async () => {
    const reason = 'header and body name different webhooks'
    const delivery = withHeaders(signed(), { 'klaviyo-webhook-id': 'another' })
    await expectRefused(service, delivery, { status: 401, reason })
  })

  it.each([-49 * 60, 0, 5])('is accepted %i minutes off, and stored once', async (minutes) => {
    expect((await service.deliver(signed({ at: NOW + minutes * MINUTE }))).status).toBe(200)
    expect(await service.count('events')).toBe(1)
  })
})
