import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPool } from '../../src/db/pool.ts'
import { dumpDatabase } from '../support/dump-database.ts'
import { until } from '../support/embedded-owner-process.ts'
import { type OperatorBrowser, operatorBrowser } from '../support/operator-browser.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { type CliRun, endCli, runCli, startCli } from '../support/run-cli.ts'

/*
 * The real service and the real commands: an owner is made by the address that was printed, signs in,
 * forgets the password and gets a new one. Then log and database are searched for what opens the door.
 */

const NAME = 'canary-owner@example.org'
const PASSWORD = 'canary password of the owner'
const TYPO = 'canary password of the ownre'
const WRONG_TOKEN = 'canary-set-up-token'

let folder: string
let database: OwnDatabase
let pool: pg.Pool
let service: CliRun
let env: Readonly<Record<string, string>>
const output: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replyline-access-'))
  database = await ownDatabase()
  pool = createPool(database.config, { max: 2 })
  env = { DATABASE_URL: database.url, SECRET_KEY_FILE: 'key', ROLE: 'web', LOG_LEVEL: 'debug' }
})
afterAll(async () => {
  await pool.end()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

/** Starts the service and answers the address that it asks to open. */
async function start(more: Readonly<Record<string, string>> = {}): Promise<URL> {
  service = startCli(['start'], { folder, env: { ...env, ...more } })
  const address = () => /^Open (\S+)/m.exec(service.output.stdout)?.[1]
  await until('it says what to open', async () => address() !== undefined, 30_000)
  return new URL(address() ?? '')
}

async function stop(): Promise<void> {
  const { stderr } = await endCli(service)
  output.push(stderr)
}

const owner = (...args: readonly string[]) => runCli(['owner', ...args], { folder, env })

const send = (browser: OperatorBrowser, path: string, fields: object) =>
  browser.send('POST', path, { body: { name: NAME, password: PASSWORD, ...fields } })

describe('the address that a start prints', () => {
  it('holds a token of the operator’s own when SETUP_TOKEN names one', async () => {
    const { hash } = await start({ SETUP_TOKEN: 'sixteen-letters_' })
    await stop()
    expect(hash).toBe('#setup=sixteen-letters_')
  })

  it('holds else one that stays the same from start to start', async () => {
    const first = await start()
    await stop()
    const second = await start()
    await stop()
    expect(first.hash).toMatch(/^#setup=[\w-]{43}$/)
    expect(second.hash).toBe(first.hash)
  })
})

describe('owner', () => {
  it('lists nobody, and says so', async () => {
    const end = await owner('--list')
    expect(end).toEqual({
      code: 0,
      stdout: '',
      stderr: 'There is no owner yet: start prints how.\n',
    })
  })

  it.each([[[]], [['reset']], [['--list', 'reset', 'x']], [['remove', 'x']]])(
    'says what it can do when asked for %j',
    async (args) => {
      const end = await owner(...args)
      const stderr = 'replyline: say what to do: owner --list, or owner reset NAME\n'
      expect(end).toEqual({ code: 1, stdout: '', stderr })
    },
  )

  it('says where to find the name when nobody has it', async () => {
    const end = await owner('reset', 'nobody')
    const stderr =
      'replyline: nobody has the name nobody: "replyline owner --list" shows them all\n'
    expect(end).toEqual({ code: 1, stdout: '', stderr })
  })
})

describe('from the first start to a forgotten password', () => {
  const secrets: string[] = [PASSWORD, TYPO, WRONG_TOKEN]

  beforeAll(async () => {
    const { origin, hash } = await start()
    const browser = operatorBrowser(origin)
    const token = hash.slice('#setup='.length)
    expect((await send(browser, '/api/owner', { token: WRONG_TOKEN })).status).toBe(401)
    expect((await send(browser, '/api/owner', { token })).status).toBe(201)
    secrets.push(token, browser.csrfToken, browser.cookie.split('=')[1] ?? '')
    expect((await browser.send('DELETE', '/api/session')).status).toBe(204)
    expect((await send(browser, '/api/session', { password: TYPO })).status).toBe(401)
    expect((await send(browser, '/api/session', {})).status).toBe(200)
    secrets.push(browser.csrfToken, browser.cookie.split('=')[1] ?? '')

    const reset = await owner('reset', NAME)
    const password = reset.stdout.trim()
    secrets.push(password)
    expect(reset.code).toBe(0)
    expect((await browser.send('GET', '/api/bridges')).status).toBe(401)
    expect((await send(browser, '/api/session', {})).status).toBe(401)
    expect((await send(browser, '/api/session', { password })).status).toBe(200)
    secrets.push(browser.csrfToken, browser.cookie.split('=')[1] ?? '')
    await stop()
  })

  it('neither log nor database holds a password, a token or a cookie', async () => {
    const everywhere = output.join('') + (await dumpDatabase(pool))
    expect(everywhere).toContain(NAME)
    expect(everywhere).toContain('$argon2id$')
    expect(secrets.filter((secret) => secret.length < 12)).toEqual([])
    expect(secrets.filter((secret) => everywhere.includes(secret))).toEqual([])
  })

  it('the log tells who got in and who did not, by id and sender', async () => {
    const [line = ''] = (await owner('--list')).stdout.split('\n')
    expect(line).toMatch(new RegExp(`^[0-9a-f-]{36} {2}${NAME}$`))
    const id = line.slice(0, 36)
    const told = output
      .join('')
      .split('\n')
      .filter((text) => text.includes('"access"'))
      .map(
        (text) =>
          JSON.parse(text) as { access: string; operator?: string; tries?: number; sender: string },
      )
    expect(told.map(({ access, operator, tries }) => [access, operator ?? tries])).toEqual([
      ['owner_refused', 1],
      ['owner_made', id],
      ['signed_out', id],
      ['sign_in_refused', 1],
      ['signed_in', id],
      ['sign_in_refused', 1],
      ['signed_in', id],
    ])
    expect(new Set(told.map(({ sender }) => sender))).toEqual(new Set(['127.0.0.1']))
    expect(output.join('')).not.toContain(NAME)
  })

  it('the next start names no token', async () => {
    const { hash } = await start()
    await stop()
    expect([hash, service.output.stdout]).toEqual(['', expect.not.stringContaining('setup')])
  })
})
