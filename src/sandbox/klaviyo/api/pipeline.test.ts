import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestKlaviyo, type TestKlaviyo } from '../test-support.ts'

let test: TestKlaviyo

beforeEach(() => {
  test = createTestKlaviyo()
})
afterEach(() => test.close())

describe('a call to the API', () => {
  it('is answered for the account of its key', async () => {
    const nordlys = await test.api('GET', '/api/accounts')
    const fjell = await test.api('GET', '/api/accounts/', { key: 'pk_sandbox_fjell' })
    expect(nordlys.body.data).toMatchObject([
      {
        id: 'NRDLYS',
        attributes: { contact_information: { organization_name: 'Nordlys Outdoor' } },
      },
    ])
    expect(fjell.body.data).toMatchObject([{ id: 'FJELLS' }])
    expect(nordlys.headers.get('content-type')).toBe('application/vnd.api+json')
  })

  it.each([
    [null, 'not_authenticated'],
    ['pk_unknown', 'authentication_failed'],
  ])('with the key %s gets 401', async (key, code) => {
    const { status, body } = await test.api('GET', '/api/accounts', { key })
    expect([status, body.errors?.[0]?.code]).toEqual([401, code])
  })

  it('without the scope gets 403', async () => {
    test.klaviyo.store.addKey('NRDLYS', 'pk_small', ['accounts:read'])
    const allowed = await test.api('GET', '/api/accounts', { key: 'pk_small' })
    const refused = await test.api('GET', '/api/events', { key: 'pk_small' })
    expect([allowed.status, refused.status]).toEqual([200, 403])
    expect(refused.body.errors).toMatchObject([{ code: 'permission_denied' }])
  })

  it.each(['', 'latest'])('with the revision %j gets 400', async (revision) => {
    const { status, body } = await test.api('GET', '/api/accounts', { headers: { revision } })
    expect([status, body.errors?.[0]?.code]).toEqual([400, 'invalid'])
  })

  it('that writes in another content type gets 415', async () => {
    const headers = { 'content-type': 'text/plain' }
    const { status } = await test.api('POST', '/api/profiles', { body: {}, headers })
    expect(status).toBe(415)
  })

  it('with an unknown include gets the documented error', async () => {
    const { status, body } = await test.api('GET', '/api/profiles?include=profiless')
    expect(status).toBe(400)
    expect(body.errors).toMatchObject([
      {
        status: 400,
        code: 'invalid',
        title: 'Invalid input.',
        detail: "'profiless' is not an allowed include parameter for this resource.",
        source: { parameter: 'include' },
        meta: {},
      },
    ])
  })

  it.each([
    ['GET', '/api/catalogs'],
    ['POST', '/api/templates'],
    ['GET', '/api/campaigns'],
  ])('%s %s, which is not built, gets 501', async (method, path) => {
    expect((await test.api(method, path)).status).toBe(501)
  })
})

describe('rate limits', () => {
  beforeEach(() => test.world.limits.setEnabled(true))

  it('announce the steady window while calls pass', async () => {
    const { headers } = await test.api('GET', '/api/accounts')
    expect(headers.get('ratelimit-limit')).toBe('15')
    expect(headers.get('ratelimit-remaining')).toBe('14')
    expect(headers.get('ratelimit-reset')).toBe('60')
    expect(headers.get('retry-after')).toBeNull()
  })

  it('refuse the second call of a 1/s operation within its second, and only that operation', async () => {
    await test.api('GET', '/api/accounts')
    const refused = await test.api('GET', '/api/accounts')
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(refused.headers.get('ratelimit-limit')).toBeNull()
    expect(refused.body.errors).toMatchObject([
      {
        code: 'throttled',
        title: 'Request was throttled.',
        detail: 'Request was throttled. Expected available in 1 second.',
        source: { pointer: '/data' },
      },
    ])
    expect((await test.api('GET', '/api/metrics')).status).toBe(200)
    expect((await test.api('GET', '/api/accounts', { key: 'pk_sandbox_fjell' })).status).toBe(200)
  })

  it('let calls pass again after the burst, and refuse the sixteenth of a minute', async () => {
    const statuses: number[] = []
    for (let call = 0; call < 16; call += 1) {
      statuses.push((await test.api('GET', '/api/accounts')).status)
      test.world.clock.advance(1_000)
    }
    expect(statuses).toEqual([...Array<number>(15).fill(200), 429])
    test.world.clock.advance(45_000)
    expect((await test.api('GET', '/api/accounts')).status).toBe(200)
  })
})
