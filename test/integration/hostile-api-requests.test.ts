import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askRaw } from '../support/ask-raw.ts'
import type { OperatorBrowser } from '../support/operator-browser.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { makeOwner } from '../support/owner.ts'
import { startTestService, type TestService } from '../support/test-service.ts'

let database: OwnDatabase
let service: TestService
let browser: OperatorBrowser

beforeAll(async () => {
  database = await ownDatabase()
  service = await startTestService(database.config)
  browser = await makeOwner(service.url)
})
afterAll(async () => {
  await service?.close()
  await database?.drop()
})

const JSON_TYPE = 'application/json'

describe('a body that is wrong is answered as wrong', () => {
  const ROUTES: readonly (readonly [string, string])[] = [
    ['POST', '/api/session'],
    ['POST', '/api/owner'],
    ['POST', '/api/connections/klaviyo/key'],
    ['POST', '/api/connections/zendesk/client'],
    ['PUT', '/api/bridges/nordlys'],
  ]
  const BODIES: readonly (readonly [string, string, string, readonly number[]])[] = [
    ['broken JSON', JSON_TYPE, '{', [400]],
    ['nothing', JSON_TYPE, '', [400]],
    ['no JSON at all', JSON_TYPE, 'pk_x', [400]],
    ['another type', 'text/plain', '{"a":1}', [400, 415]],
    ['a form', 'application/x-www-form-urlencoded', 'a=1', [400, 415]],
  ]
  const cases = ROUTES.flatMap(([method, path]) =>
    BODIES.map(([what, type, body, statuses]) => ({ method, path, what, type, body, statuses })),
  )

  it.each(cases)('$method $path with $what', async ({ method, path, type, body, statuses }) => {
    const before = service.logged().length
    const answer = await fetch(`${service.url}${path}`, {
      method,
      headers: {
        'content-type': type,
        'x-csrf-token': browser.csrfToken,
        cookie: browser.cookie,
        origin: service.url,
      },
      body,
    })
    expect(statuses).toContain(answer.status)
    expect(await answer.json()).toEqual({ error: expect.stringMatching(/\w+ \w+/) })
    expect(service.logged().slice(before)).not.toContain('a request failed')
  })
})

describe('a target that means another than it says', () => {
  it.each([
    '/webhooks/../api/bridges',
    '/webhooks/%2e%2e/api/bridges',
    '/webhooks/.%2E/api/bridges',
    '/webhooks/./x',
    '/webhooks/x/..',
    '/webhooks/..%2fapi/bridges',
    '/webhooks/..\\api\\bridges',
    '/webhooks/..%5Capi%5Cbridges',
    '/x/../api/openapi.json?a=1',
    '/x/../healthz',
    '/webhooks/..#/api/bridges',
    'http://127.0.0.1/api/bridges',
    'HTTPS://elsewhere.example/healthz',
  ])('%s is refused', async (target) => {
    const { status, text } = await askRaw(service.port, target, {
      headers: { cookie: browser.cookie },
    })
    expect(status).toBe(400)
    expect(JSON.parse(text)).toEqual({ error: expect.stringContaining('address') })
  })

  it.each(['/.hidden', '/a..b', '/x?next=/../y', '/api/events/..a', '/api/events/a%2fb'])(
    '%s means what it says',
    async (target) => {
      const { status } = await askRaw(service.port, target, { headers: { cookie: browser.cookie } })
      expect(status).not.toBe(400)
    },
  )
})

describe('an answer of the API', () => {
  it.each([
    '/api/bridges',
    '/%61pi/bridges',
    '/api/br%69dges',
    '/api',
    '/api/nothing-is-here',
    '/api/bridges?a=/x',
  ])('to %s is kept by nobody on the way', async (target) => {
    for (const cookie of [browser.cookie, '']) {
      const { headers } = await askRaw(service.port, target, { headers: { cookie } })
      expect(headers['cache-control']).toBe('no-store')
    }
  })

  it('that is a stream, a refusal of a body, or an error is kept by nobody either', async () => {
    const stop = new AbortController()
    const stream = await fetch(`${service.url}/api/changes`, {
      headers: { cookie: browser.cookie },
      signal: stop.signal,
    })
    expect(stream.headers.get('cache-control')).toBe('no-store')
    stop.abort()
    const broken = await askRaw(service.port, '/api/session', {
      method: 'POST',
      headers: { 'content-type': JSON_TYPE, 'content-length': '1' },
      body: '{',
    })
    expect(broken.headers['cache-control']).toBe('no-store')
  })
})

describe('a session beside credentials of another kind', () => {
  const statusWith = async (authorization: string) => {
    const headers = { cookie: browser.cookie, authorization }
    return (await fetch(`${service.url}/api/bridges`, { headers })).status
  }

  it.each(['Basic YTpi', 'Negotiate abc', 'Digest username="a"'])('%s counts', async (given) => {
    expect(await statusWith(given)).toBe(200)
  })

  it.each(['Bearer wrong', 'bearer', 'Bearer '])('%j does not count', async (given) => {
    expect(await statusWith(given)).toBe(401)
  })
})
