import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts'
import type { OperatorBrowser } from '../support/operator-browser.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { makeOwner } from '../support/owner.ts'
import { startTestService, type TestService } from '../support/test-service.ts'

const CLIENT = { clientId: 'replyline', clientSecret: 'replyline-secret' }

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
  await control('PUT', '/limits', { enabled: false })
})

async function control(method: string, path: string, body: object = {}): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const url = `${sandbox.controlUrl}/control${path}`
  expect((await fetch(url, { method, headers, body: JSON.stringify(body) })).ok).toBe(true)
}

async function post(path: string, body: object): Promise<string> {
  const answer = await browser.send('POST', `/api/connections/${path}`, { body })
  return ((await answer.json()) as { connectionId: string }).connectionId
}

/** A bridge of the one Zendesk and the Klaviyo of this key. */
async function makeBridge(name: string, apiKey: string): Promise<void> {
  const zendeskId = await post('zendesk/client', { ...CLIENT, address: sandbox.zendeskUrl })
  const klaviyoId = await post('klaviyo/key', { apiKey })
  const answer = await browser.send('PUT', `/api/bridges/${name}`, {
    body: { zendeskId, klaviyoId },
  })
  expect(answer.status).toBe(200)
}

const remove = (name: string) => browser.send('DELETE', `/api/bridges/${name}`)

async function connections(): Promise<readonly string[]> {
  const answer = await browser.send('GET', '/api/connections')
  const { connections: all } = (await answer.json()) as { connections: { account: string }[] }
  return all.map(({ account }) => account)
}

async function webhooksOf(apiKey: string): Promise<number> {
  const headers = { authorization: `Klaviyo-API-Key ${apiKey}`, revision: '2026-07-15' }
  const answer = await fetch(`${sandbox.klaviyoUrl}/api/webhooks`, { headers })
  return ((await answer.json()) as { data: unknown[] }).data.length
}

describe('removing a bridge', () => {
  it('takes its webhooks and its accounts along', async () => {
    await makeBridge('nordlys', 'pk_sandbox')
    expect(await webhooksOf('pk_sandbox')).toBe(1)
    expect(await (await remove('nordlys')).json()).toEqual({ left: [] })
    expect(await webhooksOf('pk_sandbox')).toBe(0)
    expect(await connections()).toEqual([])
  })

  it('leaves a neighbour on the same account as it is', async () => {
    await makeBridge('nordlys', 'pk_sandbox')
    await makeBridge('fjell', 'pk_sandbox_fjell')
    await remove('nordlys')
    expect(await connections()).toEqual([expect.stringContaining('127.0.0.1'), 'Fjell'])
    expect(await webhooksOf('pk_sandbox_fjell')).toBe(1)
  })

  it('names what a platform does not let go, and goes on', async () => {
    await makeBridge('nordlys', 'pk_sandbox')
    const match = { method: 'DELETE' }
    await control('POST', '/faults', { platform: 'klaviyo', match, fault: { status: 503 } })
    const { left } = (await (await remove('nordlys')).json()) as { left: string[] }
    expect(left).toEqual([expect.stringMatching(/klaviyo: the webhook .+ could not be removed/)])
    expect(await connections()).toEqual([])
  })

  it('that is not there is said', async () => {
    expect((await remove('nobody')).status).toBe(404)
  })
})
