import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { operatorBrowser } from '../support/operator-browser.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { makeOwner, OWNER } from '../support/owner.ts'
import { agentComment } from '../support/platform-events.ts'
import { fromZendesk } from '../support/signed-delivery.ts'
import { startTestService, type TestService } from '../support/test-service.ts'

let database: OwnDatabase
let service: TestService

beforeEach(async () => {
  database = await ownDatabase()
  service = await startTestService(database.config)
  await makeOwner(service.url)
})
afterEach(async () => {
  await service?.close()
  await database?.drop()
})

type Attempt = { readonly name?: string; readonly cookie?: string }

async function tryPassword(password: string, { name = OWNER.name, cookie = '' }: Attempt = {}) {
  const answer = await operatorBrowser(service.url).send('POST', '/api/session', {
    body: { name, password },
    headers: { cookie },
  })
  const { error = '' } = (await answer.json()) as { error?: string }
  const known = answer.headers.getSetCookie().find((set) => set.startsWith('replyline_browser='))
  return {
    status: answer.status,
    waitS: Number(answer.headers.get('retry-after') ?? 0),
    error,
    known: known ?? null,
  }
}
const tryMany = (count: number, attempt: (index: number) => Attempt = () => ({})) =>
  Promise.all(
    Array.from({ length: count }, (_, index) => tryPassword(`guess ${index}`, attempt(index))),
  )
const countOf = (tries: readonly { readonly status: number }[], status: number) =>
  tries.filter((one) => one.status === status).length

describe('guessing a password', () => {
  it('is slowed after five tries, even when a hundred come at once', async () => {
    const tries = await tryMany(100)
    expect(countOf(tries, 401) + countOf(tries, 429)).toBe(100)
    expect(countOf(tries, 401)).toBeGreaterThanOrEqual(6)
    expect(countOf(tries, 401)).toBeLessThan(20)
    expect(tries.find(({ status }) => status === 429)).toMatchObject({
      waitS: 1,
      error: 'too many tries: wait 1 s, then try again',
    })
  })

  it('keeps out nobody who knows it', async () => {
    await tryMany(20)
    expect((await tryPassword(OWNER.password)).status).toBe(200)
  })

  it('at other names from the same address, slows nobody', async () => {
    for (let round = 0; round < 5; round += 1)
      await tryMany(10, (index) => ({ name: `name ${round} ${index}` }))
    expect((await tryPassword(OWNER.password)).status).toBe(200)
    expect(service.logged()).not.toContain('try_too_soon')
  })

  it('does not tell whether a name exists', async () => {
    for (const name of [OWNER.name, 'nobody'])
      for (let guess = 0; guess < 5; guess += 1) await tryPassword(`guess ${guess}`, { name })
    const [known, unknown] = await Promise.all([
      tryPassword('x'),
      tryPassword('x', { name: 'nobody' }),
    ])
    expect(unknown).toEqual(known)
  })
})

describe('a browser that signed in before', () => {
  const signInAnew = async () => {
    const { known } = await tryPassword(OWNER.password)
    return known?.split(';')[0] ?? ''
  }

  it('is marked, out of reach for scripts, by what names nobody', async () => {
    const { known } = await tryPassword(OWNER.password)
    const [mark = '', ...flags] = known?.split('; ') ?? []
    expect(flags.toSorted()).toEqual(['HttpOnly', 'Max-Age=31536000', 'Path=/', 'SameSite=Lax'])
    expect(mark).toMatch(/^replyline_browser=[\w-]{22}\.[\w-]{43}$/)
  })

  it('is judged at once however many guess at the name, and keeps its mark', async () => {
    const cookie = await signInAnew()
    const guessing = tryMany(100)
    const { status, known } = await tryPassword(OWNER.password, { cookie })
    expect([status, known]).toEqual([200, null])
    expect(countOf(await guessing, 429)).toBeGreaterThan(0)
  })

  it('has few tries of its own too', async () => {
    const cookie = await signInAnew()
    const tries = await tryMany(50, () => ({ cookie }))
    expect(countOf(tries, 401)).toBeLessThan(15)
  })

  it('is any browser when its mark is forged or another name is given', async () => {
    await tryMany(5)
    const cookie = await signInAnew()
    await tryMany(6)
    const forged = `${cookie.slice(0, -2)}${cookie.endsWith('AA') ? 'BB' : 'AA'}`
    const tries = await tryMany(20, () => ({ cookie: forged }))
    expect(countOf(tries, 429)).toBeGreaterThan(10)
    await tryMany(6, () => ({ name: 'nobody' }))
    const others = await tryMany(20, () => ({ cookie, name: 'nobody' }))
    expect(countOf(others, 429)).toBeGreaterThan(10)
  })

  it('opens nothing by its mark alone', async () => {
    const cookie = await signInAnew()
    const answer = await fetch(`${service.url}/api/bridges`, { headers: { cookie } })
    expect(answer.status).toBe(401)
  })
})

describe('four hundred who sign in at once', () => {
  it('are told when to come again, hold up no delivery, and the log blames no database', async () => {
    const guessing = tryMany(400, (index) => ({ name: `name ${index}` }))
    const secret = service.bridge.secrets.zendesk
    const comment = agentComment({ eventId: 'meanwhile' })
    const delivered = await service.deliver(fromZendesk(comment, { secret, at: Date.now() }))
    expect(delivered.status).toBe(200)
    const tries = await guessing
    expect(countOf(tries, 401) + countOf(tries, 503)).toBe(400)
    expect(tries.find(({ status }) => status === 503)).toMatchObject({
      waitS: 2,
      error: 'too many sign in at once: wait 2 s, then try again',
    })
    expect(service.logged()).not.toMatch(/database|a request failed/)
    expect(service.logged()).toContain('"access":"crowded"')
  })
})
