import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { askRaw } from '../support/ask-raw.ts'
import { type Connecting, startConnecting } from '../support/connecting.ts'
import { consent } from '../support/consent.ts'

let world: Connecting

beforeAll(async () => {
  world = await startConnecting()
})
afterAll(() => world?.close())
beforeEach(() => world.forget())

const ask = async (target: string, sending: Parameters<typeof askRaw>[2] = {}) => {
  const { status, headers, text } = await askRaw(world.service.port, target, sending)
  return { status, to: headers.location, text }
}

describe('an address of the API written in another way', () => {
  it.each([
    '/api/../api/bridges',
    '/api/%2e%2e/api/bridges',
    '/api/session/../bridges',
    '/api/openapi.json/../bridges',
    '/webhooks/../api/bridges',
    '/%61pi/bridges',
    '/api/br%69dges',
    '/api//bridges',
    '//api/bridges',
    '/API/bridges',
    '/api%2fbridges',
    '/api/bridges/',
    '/api/bridges%00',
  ])('%s tells a stranger nothing', async (path) => {
    const { status, text } = await ask(path)
    expect([400, 401, 404]).toContain(status)
    expect(text).not.toContain('"bridges"')
  })
})

describe('a session', () => {
  const token = () => world.browser.cookie.split('=')[1] ?? ''

  it.each<[string, (good: string) => string]>([
    ['in other case', (good) => `replyline_session=${good.toLowerCase()}`],
    ['with one character more', (good) => `replyline_session=${good}A`],
    ['under another name', (good) => `__Host-replyline_session=${good}`],
    [
      'behind another of its name',
      (good) => `replyline_session=planted; replyline_session=${good}`,
    ],
    ['of SQL', () => "replyline_session=' or 1=1--"],
  ])('%s is none', async (_, cookie) => {
    const { status } = await ask('/api/bridges', { headers: { cookie: cookie(token()) } })
    expect(status).toBe(401)
  })

  it('is none as a bearer token or in an address', async () => {
    const asBearer = await ask('/api/bridges', { headers: { authorization: `Bearer ${token()}` } })
    const inAddress = await ask(`/api/bridges?token=${token()}&access_token=${token()}`)
    expect([asBearer.status, inAddress.status]).toEqual([401, 401])
  })

  it.each(['x-http-method-override', 'x-method-override', 'x-http-method'])(
    'is not ended by a GET with %s',
    async (name) => {
      const headers = { cookie: world.browser.cookie, [name]: 'DELETE' }
      await ask('/api/session?_method=DELETE', { headers })
      expect((await world.browser.send('GET', '/api/session')).status).toBe(200)
    },
  )
})

describe('a callback', () => {
  const fresh = async () => consent(await world.begin('zendesk'))
  const arrive = (path: string, method = 'GET') =>
    ask(path, { method, headers: { cookie: world.browser.cookie } })

  it('with two states counts for the first alone', async () => {
    const back = await fresh()
    expect((await arrive(back.replace('state=', 'state=planted&state='))).status).toBe(400)
    expect((await arrive(`${back}&state=planted`)).status).toBe(303)
  })

  it('with a planted code before the good one connects nothing', async () => {
    const back = await fresh()
    expect((await arrive(back.replace('code=', 'code=planted&code='))).status).toBe(502)
  })

  it('leads nowhere but to our own page', async () => {
    const wishes = 'redirect=//evil.example&next=https://evil.example&connected=evil'
    const { to } = await arrive(`${await fresh()}&${wishes}&iss=https://evil.example`)
    expect(to).toBe('/connections?connected=zendesk')
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])(
    'by %s is none, and uses no state up',
    async (method) => {
      const back = await fresh()
      expect((await arrive(back, method)).status).toBe(404)
      expect((await arrive(back)).status).toBe(303)
    },
  )

  it('whose exchange is answered with a redirect follows it nowhere', async () => {
    const back = await fresh()
    await world.control('POST', '/faults', {
      platform: 'zendesk',
      match: { path: '/oauth/tokens' },
      fault: { status: 307, headers: { location: `${world.sandbox.klaviyoUrl}/taken` }, body: '' },
    })
    expect((await arrive(back)).status).toBe(502)
    const calls = await world.control('GET', '/calls')
    expect(calls).not.toContain('/taken')
  })
})
