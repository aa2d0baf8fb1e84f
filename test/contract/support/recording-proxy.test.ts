import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../../../src/sandbox/start.ts'
import { type RecordingProxy, startRecordingProxy } from './recording-proxy.ts'

let sandbox: Sandbox
let proxy: RecordingProxy
beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, zendeskPort: 0, klaviyoPort: 0 })
  proxy = await startRecordingProxy(sandbox.klaviyoUrl)
})
afterEach(async () => {
  await proxy.close()
  await sandbox.close()
})

const headers = { authorization: 'Klaviyo-API-Key pk_sandbox', revision: '2026-07-15' }

describe('a recording proxy', () => {
  it('keeps both halves of an exchange, and answers as the platform did', async () => {
    const body = JSON.stringify({ grant_type: 'refresh_token' })
    const answer = await fetch(`${proxy.url}/oauth/token?x=1`, { method: 'POST', headers, body })
    const responseBody = await answer.text()
    expect(proxy.exchanges).toMatchObject([
      { method: 'POST', path: '/oauth/token?x=1', requestBody: body, responseBody },
    ])
    expect(proxy.exchanges[0]?.status).toBe(answer.status)
    expect(proxy.exchanges[0]?.requestHeaders).toMatchObject(headers)
  })

  it('is the place that links in answers name, so that pages are fetched through it too', async () => {
    const answer = await fetch(`${proxy.url}/api/accounts`, { headers })
    const { links } = (await answer.json()) as { links: { self: string } }
    expect(links.self).toBe(`${proxy.url}/api/accounts`)
  })

  it('cuts the connection when the platform does', async () => {
    sandbox.world.faults.add({
      platform: 'klaviyo',
      match: {},
      times: 1,
      fault: { reset: 'before' },
    })
    await expect(fetch(`${proxy.url}/api/accounts`, { headers })).rejects.toThrow()
    expect(proxy.exchanges).toEqual([])
    expect((await fetch(`${proxy.url}/api/accounts`, { headers })).status).toBe(200)
  })
})
