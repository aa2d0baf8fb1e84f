import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openKlaviyo, openZendesk } from '../../src/connections/open-connection.ts'
import { openToken } from '../../src/connections/sealed-token.ts'
import { type ConnectionRow, listAllConnections } from '../../src/db/connection-store.ts'
import { findToken } from '../../src/db/token-store.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts'
import { consent } from '../support/consent.ts'
import { dumpDatabase } from '../support/dump-database.ts'
import type { OperatorBrowser } from '../support/operator-browser.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { makeOwner } from '../support/owner.ts'
import { startTestService, type TestService } from '../support/test-service.ts'

type Platform = 'zendesk' | 'klaviyo'

const PLATFORMS: readonly Platform[] = ['zendesk', 'klaviyo']
const PROCESSES = 6

let database: OwnDatabase
let sandbox: Sandbox
let service: TestService
let browser: OperatorBrowser

beforeAll(async () => {
  database = await ownDatabase()
  sandbox = await startSandbox({ port: 0, zendeskPort: 0, klaviyoPort: 0 })
  const { zendeskUrl, klaviyoUrl } = sandbox
  const platforms = { zendeskUrl, klaviyoUrl }
  service = await startTestService(database.config, undefined, { platforms })
  browser = await makeOwner(service.url)
})
afterAll(async () => {
  await service?.close()
  await sandbox?.close()
  await database?.drop()
})
beforeEach(async () => {
  await service.db.query('delete from bridges')
  await service.db.query('delete from connections')
  await control('POST', '/reset')
  // The accounts call is allowed once a second; here it only proves a token.
  await control('PUT', '/limits', { enabled: false })
})

async function control(method: string, path: string, body: object = {}): Promise<void> {
  const answer = await fetch(`${sandbox.controlUrl}/control${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(answer.ok).toBe(true)
}

async function approve(platform: Platform): Promise<ConnectionRow> {
  const client = { clientId: 'replyline', clientSecret: 'replyline-secret' }
  const body = platform === 'zendesk' ? { ...client, address: sandbox.zendeskUrl } : client
  const begun = await browser.send('POST', `/api/connections/${platform}/consent`, { body })
  const { redirectTo } = (await begun.json()) as { redirectTo: string }
  const back = await browser.send('GET', await consent(redirectTo), {})
  expect(back.redirected || back.ok).toBe(true)
  return row(platform)
}

async function row(platform: Platform): Promise<ConnectionRow> {
  const found = (await listAllConnections(service.db)).find((one) => one.platform === platform)
  if (found === undefined) throw new Error(`${platform} is not connected`)
  return found
}

/** A copy of the service: its own clients, with nothing in memory yet. */
function anotherProcess(connection: ConnectionRow, failpoint = (_name: string) => {}) {
  const deps = { ...service.setUp, failpoint }
  return connection.platform === 'zendesk'
    ? openZendesk(deps, connection).account.me
    : openKlaviyo(deps, connection).accounts.account
}

async function renewals(platform: Platform): Promise<number> {
  const path = platform === 'zendesk' ? '/oauth/tokens' : '/oauth/token'
  const calls = await fetch(`${sandbox.controlUrl}/control/calls?platform=${platform}`)
  return ((await calls.json()) as { path: string }[]).filter((call) => call.path === path).length
}

async function stored(connection: ConnectionRow) {
  const kept = await findToken(service.db, connection.id)
  if (kept === null) throw new Error('no token is kept')
  return openToken(service.setUp.seal, connection.id, kept)
}

describe.each(PLATFORMS)('the tokens of %s', (platform) => {
  it('are renewed once, whoever asks, when several processes find them ended', async () => {
    const connection = await approve(platform)
    const before = await stored(connection)
    await control('POST', '/oauth/expire', { platform })
    await control('DELETE', '/calls')
    const copies = Array.from({ length: PROCESSES }, () => anotherProcess(connection))
    const answers = await Promise.all(copies.map((call) => call()))
    expect(answers.every(({ ok }) => ok)).toBe(true)
    expect(await renewals(platform)).toBe(1)
    const after = await stored(connection)
    expect(after.accessToken).not.toBe(before.accessToken)
    expect((await row(platform)).state).toBe('ready')
  })

  it('are saved before they are used', async () => {
    const connection = await approve(platform)
    await control('POST', '/oauth/expire', { platform })
    let used = 0
    const call = anotherProcess(connection, (name) => {
      if (name !== 'token_saved') return
      used += 1
      throw new Error('killed')
    })
    await expect(call()).rejects.toThrow('killed')
    await control('DELETE', '/calls')
    expect((await anotherProcess(connection)()).ok).toBe(true)
    expect(used).toBe(1)
    expect(await renewals(platform)).toBe(0)
  })

  it('lost between the answer and the save are asked for again, or by a person', async () => {
    const connection = await approve(platform)
    await control('POST', '/oauth/expire', { platform })
    const killed = anotherProcess(connection, (name) => {
      if (name === 'token_received') throw new Error('killed')
    })
    await expect(killed()).rejects.toThrow('killed')
    expect(await anotherProcess(connection)()).toMatchObject({ problem: { kind: 'unauthorised' } })
    expect(await row(platform)).toMatchObject({
      state: 'reconnect',
      stateReason: expect.stringMatching(/connect (Zendesk|Klaviyo) again/),
    })
    const again = await approve(platform)
    expect(again).toMatchObject({ id: connection.id, state: 'ready' })
    expect((await anotherProcess(again)()).ok).toBe(true)
  })

  it('revoked over there say that a person must approve again', async () => {
    const connection = await approve(platform)
    await control('POST', '/oauth/revoke', { platform })
    expect(await anotherProcess(connection)()).toMatchObject({ problem: { kind: 'unauthorised' } })
    expect(await row(platform)).toMatchObject({ state: 'reconnect' })
  })

  it('stay as they are while the platform cannot answer', async () => {
    const connection = await approve(platform)
    await control('POST', '/oauth/expire', { platform })
    const path = platform === 'zendesk' ? '/oauth/tokens' : '/oauth/token'
    const fault = { platform, match: { path }, times: 1, fault: { status: 503 } }
    await control('POST', '/faults', fault)
    expect((await anotherProcess(connection)()).ok).toBe(false)
    expect(await row(platform)).toMatchObject({ state: 'ready' })
    expect((await anotherProcess(connection)()).ok).toBe(true)
  })

  it('stand nowhere in the clear', async () => {
    const connection = await approve(platform)
    const { accessToken, refreshToken } = await stored(connection)
    const listed = await (await browser.send('GET', '/api/connections')).text()
    const everywhere = (await dumpDatabase(service.db as never)) + service.logged() + listed
    expect(everywhere).toContain(connection.accountId)
    expect(everywhere).not.toContain(accessToken)
    expect(everywhere).not.toContain(refreshToken)
  })
})

it('a refresh token that does not change goes on being used', async () => {
  await control('PUT', '/settings', { klaviyo_refresh_rotation: 'off' })
  const connection = await approve('klaviyo')
  const before = await stored(connection)
  for (const _ of [1, 2]) {
    await control('POST', '/oauth/expire', { platform: 'klaviyo' })
    expect((await anotherProcess(connection)()).ok).toBe(true)
  }
  expect((await stored(connection)).refreshToken).toBe(before.refreshToken)
})
