import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CLIENT, type Connecting, startConnecting } from '../support/connecting.ts'

let world: Connecting

beforeAll(async () => {
  world = await startConnecting()
})
afterAll(() => world?.close())
beforeEach(async () => {
  await world.forget()
  await world.control('PUT', '/limits', { enabled: false })
})

async function post(path: string, body: object): Promise<string> {
  const answer = await world.browser.send('POST', `/api/connections/${path}`, { body })
  return ((await answer.json()) as { connectionId: string }).connectionId
}

/** A bridge of the one Zendesk and the Klaviyo of this key. */
async function makeBridge(name: string, apiKey: string): Promise<void> {
  const zendeskId = await post('zendesk/client', { ...CLIENT, address: world.sandbox.zendeskUrl })
  const klaviyoId = await post('klaviyo/key', { apiKey })
  const answer = await world.browser.send('PUT', `/api/bridges/${name}`, {
    body: { zendeskId, klaviyoId },
  })
  expect(answer.status).toBe(200)
}

const remove = (name: string) => world.browser.send('DELETE', `/api/bridges/${name}`)

async function accounts(): Promise<readonly string[]> {
  const all = await world.connections<{ account: string }>()
  return all.map(({ account }) => account)
}

async function webhooksOf(apiKey: string): Promise<number> {
  const headers = { authorization: `Klaviyo-API-Key ${apiKey}`, revision: '2026-07-15' }
  const answer = await fetch(`${world.sandbox.klaviyoUrl}/api/webhooks`, { headers })
  return ((await answer.json()) as { data: unknown[] }).data.length
}

describe('removing a bridge', () => {
  it('takes its webhooks and its accounts along', async () => {
    await makeBridge('nordlys', 'pk_sandbox')
    expect(await webhooksOf('pk_sandbox')).toBe(1)
    expect(await (await remove('nordlys')).json()).toEqual({ left: [] })
    expect(await webhooksOf('pk_sandbox')).toBe(0)
    expect(await accounts()).toEqual([])
  })

  it('leaves a neighbour on the same account as it is', async () => {
    await makeBridge('nordlys', 'pk_sandbox')
    await makeBridge('fjell', 'pk_sandbox_fjell')
    await remove('nordlys')
    expect(await accounts()).toEqual([expect.stringContaining('127.0.0.1'), 'Fjell'])
    expect(await webhooksOf('pk_sandbox_fjell')).toBe(1)
  })

  it('names what a platform does not let go, and goes on', async () => {
    await makeBridge('nordlys', 'pk_sandbox')
    const match = { method: 'DELETE' }
    await world.control('POST', '/faults', { platform: 'klaviyo', match, fault: { status: 503 } })
    const { left } = (await (await remove('nordlys')).json()) as { left: string[] }
    expect(left).toEqual([expect.stringMatching(/klaviyo: the webhook .+ could not be removed/)])
    expect(await accounts()).toEqual([])
  })

  it('that is not there is said', async () => {
    expect((await remove('nobody')).status).toBe(404)
  })
})
