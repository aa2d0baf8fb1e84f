import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openKlaviyo, openZendesk } from '../../src/connections/open-connection.ts'
import { openToken } from '../../src/connections/sealed-token.ts'
import { type ConnectionRow, listAllConnections } from '../../src/db/connection-store.ts'
import { findToken } from '../../src/db/token-store.ts'
import { type Connecting, startConnecting } from '../support/connecting.ts'
import { consent } from '../support/consent.ts'
import { dumpDatabase } from '../support/dump-database.ts'

type Platform = 'zendesk' | 'klaviyo'

const PLATFORMS: readonly Platform[] = ['zendesk', 'klaviyo']
const PROCESSES = 6

let world: Connecting

beforeAll(async () => {
  world = await startConnecting()
})
afterAll(() => world?.close())
beforeEach(async () => {
  await world.forget()
  // The accounts call is allowed once a second; here it only proves a token.
  await world.control('PUT', '/limits', { enabled: false })
})

async function approve(platform: Platform): Promise<ConnectionRow> {
  const back = await world.browser.send('GET', await consent(await world.begin(platform)), {})
  expect(back.redirected || back.ok).toBe(true)
  return row(platform)
}

async function row(platform: Platform): Promise<ConnectionRow> {
  const found = (await listAllConnections(world.service.db)).find(
    (one) => one.platform === platform,
  )
  if (found === undefined) throw new Error(`${platform} is not connected`)
  return found
}

/** A copy of the service: its own clients, with nothing in memory yet. */
function anotherProcess(connection: ConnectionRow, failpoint = (_name: string) => {}) {
  const deps = { ...world.service.setUp, failpoint }
  return connection.platform === 'zendesk'
    ? openZendesk(deps, connection).account.me
    : openKlaviyo(deps, connection).accounts.account
}

async function renewals(platform: Platform): Promise<number> {
  const path = platform === 'zendesk' ? '/oauth/tokens' : '/oauth/token'
  const calls = await fetch(`${world.sandbox.controlUrl}/control/calls?platform=${platform}`)
  return ((await calls.json()) as { path: string }[]).filter((call) => call.path === path).length
}

async function stored(connection: ConnectionRow) {
  const kept = await findToken(world.service.db, connection.id)
  if (kept === null) throw new Error('no token is kept')
  return openToken(world.service.setUp.seal, connection.id, kept)
}

describe.each(PLATFORMS)('the tokens of %s', (platform) => {
  it('are renewed once, whoever asks, when several processes find them ended', async () => {
    const connection = await approve(platform)
    const before = await stored(connection)
    await world.control('POST', '/oauth/expire', { platform })
    await world.control('DELETE', '/calls')
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
    await world.control('POST', '/oauth/expire', { platform })
    let used = 0
    const call = anotherProcess(connection, (name) => {
      if (name !== 'token_saved') return
      used += 1
      throw new Error('killed')
    })
    await expect(call()).rejects.toThrow('killed')
    await world.control('DELETE', '/calls')
    expect((await anotherProcess(connection)()).ok).toBe(true)
    expect(used).toBe(1)
    expect(await renewals(platform)).toBe(0)
  })

  it('lost between the answer and the save are asked for again, or by a person', async () => {
    const connection = await approve(platform)
    await world.control('POST', '/oauth/expire', { platform })
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
    await world.control('POST', '/oauth/revoke', { platform })
    expect(await anotherProcess(connection)()).toMatchObject({ problem: { kind: 'unauthorised' } })
    expect(await row(platform)).toMatchObject({ state: 'reconnect' })
  })

  it('stay as they are while the platform cannot answer', async () => {
    const connection = await approve(platform)
    await world.control('POST', '/oauth/expire', { platform })
    const path = platform === 'zendesk' ? '/oauth/tokens' : '/oauth/token'
    const fault = { platform, match: { path }, times: 1, fault: { status: 503 } }
    await world.control('POST', '/faults', fault)
    expect((await anotherProcess(connection)()).ok).toBe(false)
    expect(await row(platform)).toMatchObject({ state: 'ready' })
    expect((await anotherProcess(connection)()).ok).toBe(true)
  })

  it('stand nowhere in the clear', async () => {
    const connection = await approve(platform)
    const { accessToken, refreshToken } = await stored(connection)
    const listed = await (await world.browser.send('GET', '/api/connections')).text()
    const everywhere =
      (await dumpDatabase(world.service.db as never)) + world.service.logged() + listed
    expect(everywhere).toContain(connection.accountId)
    expect(everywhere).not.toContain(accessToken)
    expect(everywhere).not.toContain(refreshToken)
  })
})

it('a refresh token that does not change goes on being used', async () => {
  await world.control('PUT', '/settings', { klaviyo_refresh_rotation: 'off' })
  const connection = await approve('klaviyo')
  const before = await stored(connection)
  for (const _ of [1, 2]) {
    await world.control('POST', '/oauth/expire', { platform: 'klaviyo' })
    expect((await anotherProcess(connection)()).ok).toBe(true)
  }
  expect((await stored(connection)).refreshToken).toBe(before.refreshToken)
})
