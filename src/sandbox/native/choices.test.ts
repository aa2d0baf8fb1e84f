import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestNative, SARAH, type TestNative } from './native-for-tests.ts'

let native: TestNative

beforeEach(() => {
  native = createTestNative()
})
afterEach(() => native.close())

const installed = async () =>
  (await native.ask<{ installed: object[] }>('GET', '/native')).body.installed

describe('the page of the integration', () => {
  it('is about nothing until somebody installs it', async () => {
    expect(await installed()).toEqual([])
  })

  it('syncs tickets only, or tickets and texts (N5, N21)', async () => {
    await native.install({ metrics: true })
    await native.texts(SARAH, 'Hello')
    expect(await native.tickets()).toEqual([])
    await native.install({ sms: true })
    await native.texts(SARAH, 'Hello')
    expect(await native.tickets()).toHaveLength(1)
  })

  it('keeps what is not named, and shows it', async () => {
    await native.install({ metrics: true, sms: true, brand: 'Fjell' })
    const { body } = await native.install({ brands: ['Fjell', 'Skog'], handOffs: ['email'] })
    const expected = {
      account: 'NRDLYS',
      metrics: true,
      sms: true,
      whatsapp: false,
      handOffs: ['email'],
      brands: ['Fjell', 'Skog'],
      brand: 'Fjell',
    }
    expect(body).toEqual(expected)
    expect(await installed()).toEqual([expected])
  })
})

describe('what the page would not save', () => {
  it.each([
    ['texts without ticket metrics (L6)', { sms: true }, 'without ticket metrics'],
    ['WhatsApp without ticket metrics (L6)', { whatsapp: true }, 'without ticket metrics'],
    ['hand-offs of what is not installed', { handOffs: true }, 'without ticket metrics'],
    ['a brand that does not exist', { metrics: true, brand: 'Berg' }, 'no brand is called Berg'],
    ['brands that do not exist', { metrics: true, brands: ['Berg'] }, 'does not exist: Berg'],
    ['a choice that the page does not have', { metrics: true, mms: true }, 'mms'],
  ])('is %s', async (_what, choices, words) => {
    const { status, body } = await native.install(choices)
    expect(status).toBe(400)
    expect(body.description).toContain(words)
    expect(await installed()).toEqual([])
  })

  it('is texts while the metrics are switched off (L6)', async () => {
    await native.install({ metrics: true, sms: true })
    expect((await native.install({ metrics: false })).status).toBe(400)
    expect((await native.install({ metrics: false, sms: false })).status).toBe(200)
  })

  it('is texts of an account without a number that can receive (L7, L8, L9)', async () => {
    const branded = { number: 'SKOG', kind: 'alpha' as const, regions: ['SE'] }
    const shop = { id: 'SKOGEN', name: 'Skog', privateKey: 'pk_skog', numbers: [branded] }
    native.klaviyo.store.addAccount(shop, 0)
    const { status, body } = await native.install({ account: 'SKOGEN', metrics: true, sms: true })
    expect(status).toBe(400)
    expect(body.description).toContain('no number that can receive texts')
  })

  it('is anything of an account that does not exist', async () => {
    expect((await native.install({ account: 'NOBODY', metrics: true })).status).toBe(404)
  })
})
