import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSeal } from '../../src/connections/seal.ts'
import { secretContext } from '../../src/connections/sealed-contexts.ts'
import { createPool } from '../../src/db/pool.ts'
import { dumpDatabase } from '../support/dump-database.ts'
import { until } from '../support/embedded-owner-process.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { agentComment, customerText, klaviyoDelivery } from '../support/platform-events.ts'
import { type CliRun, endCli, runCli, startCli } from '../support/run-cli.ts'
import { fromKlaviyo, fromZendesk, type SignedDelivery } from '../support/signed-delivery.ts'
import { insertBridge, type TestBridge } from '../support/test-bridge.ts'

/*
 * The real service at its most talkative, given canaries in every place where a person's words, a
 * number or a secret comes in, and every kind of refusal and failure. Then its log is searched for
 * them, and for the secrets the whole database.
 */

const WORDS = 'canary-words-4711'
const PHONE = '+14155559876'
const EMAIL = 'canary@example.org'
const TOKEN_IN_PATH = 'canary-in-the-path'

let folder: string
let database: OwnDatabase
let pool: pg.Pool
let bridge: TestBridge
let service: CliRun
let url: string
let apiToken: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replyline-canary-'))
  database = await ownDatabase()
  pool = createPool(database.config, { max: 2 })
  const key = randomBytes(32)
  await writeFile(join(folder, 'key'), key.toString('base64'), { mode: 0o600 })
  const env = {
    DATABASE_URL: database.url,
    SECRET_KEY_FILE: 'key',
    ROLE: 'web',
    LOG_LEVEL: 'debug',
  }
  bridge = await insertBridge(pool as never, createSeal([key]))
  apiToken = (await runCli(['token', 'create'], { folder, env })).stdout.trim()
  service = startCli(['start'], { folder, env })
  await until('it listens', async () => /listens on \S+/.test(service.output.stdout), 30_000)
  url = /listens on (\S+)/.exec(service.output.stdout)?.[1] ?? ''
})
afterAll(async () => {
  await endCli(service)
  await pool.end()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

async function deliver({ platform, headers, body }: SignedDelivery): Promise<number> {
  const path = `/webhooks/${platform}/${bridge.connections[platform]}?token=${TOKEN_IN_PATH}`
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body })
  return response.status
}

const zendesk = (content: unknown, secret = bridge.secrets.zendesk) =>
  fromZendesk(content, { secret, at: Date.now() })
const klaviyo = (...events: readonly unknown[]) =>
  fromKlaviyo(klaviyoDelivery(...events), { secret: bridge.secrets.klaviyo, at: Date.now() })

const comment = (eventId: string, commentId = '1') =>
  agentComment({ eventId, commentId, body: `${WORDS} ${EMAIL}` })
const text = (eventId: string, profileId = 'p') =>
  customerText({ eventId, body: WORDS, phone: PHONE, profileId })

describe('after good, forged, malformed, unstorable and failed deliveries', () => {
  beforeAll(async () => {
    const long = 'x'.repeat(3_000)
    expect(await deliver(zendesk(comment('good')))).toBe(200)
    expect(
      await deliver(klaviyo(text('text'), { topic: WORDS }, text('odd', `${WORDS}\u0000`))),
    ).toBe(200)
    expect(await deliver(klaviyo(text(randomBytes(9_000).toString('hex'), long)))).toBe(200)
    expect(await deliver(zendesk(comment('forged'), 'wrong'))).toBe(401)
    expect(await deliver(zendesk(`{"body":"${WORDS}`))).toBe(400)
    const headers = { authorization: `Bearer ${apiToken}` }
    expect((await fetch(`${url}/api/events/text`, { headers })).status).toBe(200)
    await breakWhile(async () => {
      expect(await deliver(zendesk(comment('late', '2')))).toBe(503)
      expect(await deliver(klaviyo(text('late')))).toBe(503)
    })
    await until('the failures are logged', async () =>
      service.output.stderr.includes('could not be stored'),
    )
  })

  /** Makes storing fail with an error that quotes the row, as PostgreSQL's own errors may. */
  async function breakWhile(work: () => Promise<void>): Promise<void> {
    await pool.query(
      `create function quote_row() returns trigger language plpgsql as
       $$ begin raise exception 'the disk is full' using detail = new::text, hint = new::text, errcode = '53100'; end $$`,
    )
    await pool.query(
      'create trigger quoting before insert on events for each row execute function quote_row()',
    )
    await work()
    await pool.query('drop trigger quoting on events')
  }

  it.each([
    ['words', WORDS],
    ['phone number', PHONE.slice(1)],
    ['e-mail address', EMAIL],
    ['query', TOKEN_IN_PATH],
  ])('the log holds nobody’s %s', (_, canary) => {
    expect(service.output.stderr).not.toContain(canary)
    expect(service.output.stdout).not.toContain(canary)
  })

  it('neither log nor database holds a secret', async () => {
    const everywhere = service.output.stderr + service.output.stdout + (await dumpDatabase(pool))
    expect(everywhere).toContain(WORDS)
    for (const secret of [
      bridge.secrets.zendesk,
      bridge.secrets.klaviyo,
      apiToken,
      apiToken.slice(3),
    ])
      expect(everywhere).not.toContain(secret)
  })

  it('the database opens a webhook’s secret to the holder of the key alone', async () => {
    const { rows } = await pool.query<{ secret_sealed: string }>(
      'select secret_sealed from webhooks where connection_id = $1',
      [bridge.connections.zendesk],
    )
    const sealed = rows[0]?.secret_sealed ?? ''
    const stranger = createSeal([randomBytes(32)])
    expect(() => stranger.open(sealed, secretContext(bridge.connections.zendesk))).toThrow()
  })
})
