import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { operatorBrowser } from '../support/operator-browser.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { makeOwner, OWNER, signIn } from '../support/owner.ts'
import { SETUP_TOKEN, startTestService, type TestService } from '../support/test-service.ts'

let database: OwnDatabase
let service: TestService

beforeEach(async () => {
  database = await ownDatabase()
  service = await startTestService(database.config)
})
afterEach(async () => {
  await service?.close()
  await database?.drop()
})

const claim = (fields: object = {}) =>
  operatorBrowser(service.url).send('POST', '/api/owner', {
    body: { ...OWNER, token: SETUP_TOKEN, ...fields },
  })

async function owners(): Promise<readonly string[]> {
  const { rows } = await service.db.query<{ name: string }>('select name from operators')
  return rows.map(({ name }) => name)
}

describe('while there is no owner', () => {
  it('whoever asks is told so', async () => {
    const answer = await operatorBrowser(service.url).send('GET', '/api/session')
    expect([answer.status, await answer.json()]).toEqual([
      401,
      { error: 'nobody is signed in', needsOwner: true },
    ])
  })

  it('the token makes one, who is signed in at once', async () => {
    const browser = await makeOwner(service.url)
    const answer = await browser.send('GET', '/api/session')
    const operator = { id: expect.any(String), name: OWNER.name }
    expect(await answer.json()).toEqual({ operator, csrfToken: browser.csrfToken })
    expect((await browser.send('GET', '/api/bridges')).status).toBe(200)
  })

  it('a wrong token makes none', async () => {
    const answers = await Promise.all([
      claim({ token: SETUP_TOKEN.slice(1) }),
      claim({ token: `${SETUP_TOKEN}x` }),
      claim({ token: SETUP_TOKEN.toUpperCase() }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401])
    expect(await owners()).toEqual([])
  })

  it('guessing at the token is slowed, and keeps nobody out', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, guess) => claim({ token: `guess ${guess}` })),
    )
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(25)
    const refused = answers.find(({ status }) => status === 429)
    expect(refused?.headers.get('retry-after')).toBe('1')
    expect((await claim()).status).toBe(201)
  })

  it.each<[string, object, RegExp]>([
    ['eleven characters', { password: 'elevenchars' }, /^password: at least 12 characters/],
    ['no password', { password: undefined }, /^password: a password is needed/],
    ['a password without end', { password: 'x'.repeat(201) }, /^password: at most 200/],
    ['no name', { name: ' ' }, /^name: a name is needed/],
    ['a name over two lines', { name: 'ada\u0000\nroot' }, /^name: a name on one line/],
    ['no token', { token: '' }, /^token: a set-up token is needed/],
  ])('%s is refused with what is needed', async (_, fields, words) => {
    const answer = await claim(fields)
    expect(answer.status).toBe(400)
    expect((await answer.json()) as object).toEqual({ error: expect.stringMatching(words) })
    expect(await owners()).toEqual([])
  })

  it('a password of twelve characters is taken, whatever they are', async () => {
    expect((await claim({ password: '            ' })).status).toBe(201)
  })

  it('of many who claim it at once, one becomes the owner', async () => {
    const names = Array.from({ length: 6 }, (_, index) => `claimant ${index}`)
    const answers = await Promise.all(names.map((name) => claim({ name })))
    const statuses = answers.map(({ status }) => status).toSorted()
    expect(statuses).toEqual([201, 409, 409, 409, 409, 409])
    expect(await owners()).toEqual([names[answers.findIndex(({ status }) => status === 201)]])
  })
})

describe('once there is an owner', () => {
  it('the token is worth nothing', async () => {
    await makeOwner(service.url)
    const answer = await claim({ name: 'somebody else' })
    expect([answer.status, await answer.json()]).toEqual([
      409,
      { error: 'there is an owner already: sign in' },
    ])
    expect(await owners()).toEqual([OWNER.name])
  })

  it('strangers are asked to sign in', async () => {
    await makeOwner(service.url)
    const answer = await operatorBrowser(service.url).send('GET', '/api/session')
    expect(await answer.json()).toMatchObject({ needsOwner: false })
  })

  it('the owner signs in elsewhere, however the name is written', async () => {
    await makeOwner(service.url)
    expect((await (await signIn(service.url)).send('GET', '/api/bridges')).status).toBe(200)
    const body = { ...OWNER, name: ` ${OWNER.name.toUpperCase()} ` }
    const answer = await operatorBrowser(service.url).send('POST', '/api/session', { body })
    expect([answer.status, await answer.json()]).toMatchObject([
      200,
      { operator: { name: OWNER.name } },
    ])
  })
})
