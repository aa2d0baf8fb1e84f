import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { HOUR, instant, MINUTE } from '../../src/kernel/instant.ts'
import { type OperatorBrowser, operatorBrowser } from '../support/operator-browser.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { makeOwner, OWNER, signIn } from '../support/owner.ts'
import { startTestService, type TestService } from '../support/test-service.ts'

const DAY = 24 * HOUR
const START = Date.parse('2026-11-22T12:00:00Z')

let database: OwnDatabase
let service: TestService
let now = START
let browser: OperatorBrowser

beforeAll(async () => {
  database = await ownDatabase()
  service = await startTestService(database.config, () => instant(now))
  await makeOwner(service.url)
})
afterAll(async () => {
  await service?.close()
  await database?.drop()
})
beforeEach(async () => {
  now = START
  await service.db.query('delete from sessions')
  browser = await signIn(service.url)
})

const statusWith = async (cookie: string) => {
  const other = operatorBrowser(service.url)
  other.cookie = cookie
  return (await other.send('GET', '/api/bridges')).status
}
const status = async () => (await browser.send('GET', '/api/bridges')).status
const leave = async (headers: Readonly<Record<string, string>>) =>
  (await browser.send('DELETE', '/api/session', { headers })).status

describe('a cookie', () => {
  it('of a signed-in operator opens the API', async () => {
    expect(browser.cookie).toMatch(/^replyline_session=[\w-]{43}$/)
    expect(await statusWith(browser.cookie)).toBe(200)
  })

  it.each<[string, (cookie: string) => string]>([
    ['none', () => ''],
    ['an empty one', () => 'replyline_session='],
    ['a forged one', () => `replyline_session=${'A'.repeat(43)}`],
    [
      'one with a letter changed',
      (cookie) => cookie.slice(0, -2) + (cookie.endsWith('AA') ? 'BB' : 'AA'),
    ],
    ['one cut short', (cookie) => cookie.slice(0, -1)],
    [
      'one of another name',
      (cookie) => cookie.replace('replyline_session', '__Host-replyline_session'),
    ],
    ['what the database holds of it', () => `replyline_session=${'0'.repeat(64)}`],
  ])('opens nothing: %s', async (_, change) => {
    expect(await statusWith(change(browser.cookie))).toBe(401)
  })

  it('is useless when it holds the hash that is kept', async () => {
    const { rows } = await service.db.query<{ hash: string }>(
      'select token_hash as hash from sessions',
    )
    for (const { hash } of rows) expect(await statusWith(`replyline_session=${hash}`)).toBe(401)
    expect(rows.length).toBeGreaterThan(0)
  })

  it('is out of reach for scripts and other sites, and goes nowhere else', async () => {
    const answer = await browser.send('POST', '/api/session', { body: OWNER })
    const flags = answer.headers.getSetCookie()[0]?.split('; ').slice(1).toSorted()
    expect(flags).toEqual(['HttpOnly', 'Max-Age=604800', 'Path=/', 'SameSite=Lax'])
  })
})

describe('a session', () => {
  it('ends when it was not used for twelve hours', async () => {
    now += 12 * HOUR - 1
    expect(await status()).toBe(200)
    now += 12 * HOUR
    expect(await status()).toBe(401)
  })

  it('ends after a week, however much it is used', async () => {
    for (; now < START + 7 * DAY; now += 11 * HOUR) expect(await status()).toBe(200)
    now = START + 7 * DAY
    expect(await status()).toBe(401)
  })

  it('writes its use down once a minute, not with every request', async () => {
    const writes = async () => {
      const { rows } = await service.db.query<{ at: Date }>(
        'select max(last_used_at) as at from sessions',
      )
      return rows[0]?.at.getTime()
    }
    now += MINUTE - 1
    await status()
    expect(await writes()).toBe(START)
    now += 1
    await status()
    expect(await writes()).toBe(START + MINUTE)
  })

  it('that has expired is cleared away at the next sign-in', async () => {
    now += 8 * DAY
    await signIn(service.url)
    const { rows } = await service.db.query('select 1 from sessions')
    expect(rows).toHaveLength(1)
  })

  it('ends on the server when its operator signs out, whoever still has the cookie', async () => {
    const { cookie } = browser
    expect((await browser.send('DELETE', '/api/session')).status).toBe(204)
    expect([browser.cookie, await statusWith(cookie)]).toEqual(['', 401])
  })

  it('of one browser outlives the sign-out of another', async () => {
    const other = await signIn(service.url)
    await other.send('DELETE', '/api/session')
    expect(await status()).toBe(200)
  })

  it('is a new one at each sign-in, and the one that the browser held ends', async () => {
    const { cookie } = browser
    await browser.send('POST', '/api/session', { body: OWNER })
    expect(browser.cookie).not.toBe(cookie)
    expect([await status(), await statusWith(cookie)]).toEqual([200, 401])
  })

  it('is never one that was planted in the browser beforehand', async () => {
    const planted = `replyline_session=${'A'.repeat(43)}`
    browser.cookie = planted
    await browser.send('POST', '/api/session', { body: OWNER })
    expect([await status(), await statusWith(planted)]).toEqual([200, 401])
  })

  it('does not begin with a wrong password, nor for an unknown name', async () => {
    const stranger = operatorBrowser(service.url)
    const answers = [
      await stranger.send('POST', '/api/session', { body: { ...OWNER, password: 'wrong' } }),
      await stranger.send('POST', '/api/session', { body: { ...OWNER, name: 'nobody' } }),
    ]
    const told = await Promise.all(
      answers.map(async (answer) => [answer.status, await answer.text()]),
    )
    expect(told[0]).toEqual([401, '{"error":"the name or the password is wrong"}'])
    expect(told[1]).toEqual(told[0])
    expect(stranger.cookie).toBe('')
  })
})

describe('a database that cannot be read', () => {
  it('lets nobody in', async () => {
    await service.db.query('alter table sessions rename to elsewhere')
    try {
      expect(await status()).toBe(503)
      expect((await browser.send('GET', '/api/session')).status).toBe(503)
    } finally {
      await service.db.query('alter table elsewhere rename to sessions')
    }
    expect(await status()).toBe(200)
  })
})

describe('a change that comes with a cookie', () => {
  it.each<[string, (other: OperatorBrowser) => Readonly<Record<string, string>>]>([
    ['without the CSRF token', () => ({ 'x-csrf-token': '' })],
    ['with a wrong one', () => ({ 'x-csrf-token': 'A'.repeat(43) })],
    ['with that of another session', (other) => ({ 'x-csrf-token': other.csrfToken })],
    ['from another origin', () => ({ origin: 'https://evil.example' })],
    ['from another port', () => ({ origin: 'http://127.0.0.1:1' })],
    ['from a sandboxed frame', () => ({ origin: 'null' })],
    ['from another site', () => ({ origin: '', 'sec-fetch-site': 'cross-site' })],
    ['from a sister domain', () => ({ origin: '', 'sec-fetch-site': 'same-site' })],
  ])('is refused %s', async (_, headers) => {
    expect(await leave(headers(await signIn(service.url)))).toBe(403)
    expect(await status()).toBe(200)
  })

  it('is made with the token, where the browser tells no origin', async () => {
    expect(await leave({ origin: '', 'sec-fetch-site': '' })).toBe(204)
  })

  it('needs a session at all', async () => {
    browser.cookie = ''
    expect(await leave({})).toBe(401)
  })
})

describe('a bearer token', () => {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

  it('needs no cookie and no CSRF token, and has no session to end', async () => {
    const program = operatorBrowser(service.url)
    const headers = bearer(service.apiToken)
    expect((await program.send('GET', '/api/bridges', { headers })).status).toBe(200)
    const answer = await program.send('DELETE', '/api/session', { headers })
    expect(await answer.json()).toEqual({ error: 'a token has no session that could end' })
  })

  it.each(['Bearer wrong', 'Bearer', ''])(
    'that is wrong is refused, whatever the cookie says: %j',
    async (authorization) => {
      const answer = await browser.send('GET', '/api/bridges', { headers: { authorization } })
      expect(answer.status).toBe(authorization === '' ? 200 : 401)
    },
  )
})

describe.each(['/api/session', '/api/owner'])('POST %s, which no session guards', (path) => {
  const body = { ...OWNER, token: 'x' }

  it.each([
    ['from another origin', { origin: 'https://evil.example' }, 403],
    ['from another site', { origin: '', 'sec-fetch-site': 'cross-site' }, 403],
    ['as a form can send it', { 'content-type': 'text/plain' }, 415],
    ['as a form sends it', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ])('is refused %s', async (_, headers, expected) => {
    const stranger = operatorBrowser(service.url)
    expect((await stranger.send('POST', path, { body, headers })).status).toBe(expected)
    expect(stranger.cookie).toBe('')
  })

  it('refuses a body without end', async () => {
    const answer = await operatorBrowser(service.url).send('POST', path, {
      body: { ...body, name: 'x'.repeat(70_000) },
    })
    expect(answer.status).toBe(413)
  })
})

describe('under an https address', () => {
  it('the cookie goes over https and to this host alone', async () => {
    const publicUrl = 'https://bridge.example.com'
    const https = await startTestService(database.config, undefined, { publicUrl })
    try {
      const visitor = operatorBrowser(https.url)
      const answer = await visitor.send('POST', '/api/session', {
        body: OWNER,
        headers: { origin: publicUrl },
      })
      const [cookie = '', ...flags] = answer.headers.getSetCookie()[0]?.split('; ') ?? []
      expect(cookie).toMatch(/^__Host-replyline_session=[\w-]{43}$/)
      expect(flags.toSorted()).toEqual([
        ...['HttpOnly', 'Max-Age=604800', 'Path=/', 'SameSite=Lax', 'Secure'],
      ])
      expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000')
      expect((await visitor.send('GET', '/api/bridges')).status).toBe(200)
      visitor.cookie = visitor.cookie.replace('__Host-', '')
      expect((await visitor.send('GET', '/api/bridges')).status).toBe(401)
    } finally {
      await https.close()
    }
  })
})
