import { once } from 'node:events'
import { request } from 'node:http'
import { json } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { call, startTestSandbox, type TestSandbox } from '../sandbox-for-tests.ts'
import { startSandbox } from '../start.ts'
import type { StudioHost } from './host.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox()
})
beforeEach(async () => {
  await sandbox.control('POST', '/reset')
})
afterAll(() => sandbox.close())

const studio = (method: string, path: string, body?: unknown) =>
  call(`${sandbox.controlUrl}/studio${path}`, method, body, {})

describe('what only the demo can do', () => {
  it('is refused in words while the sandbox runs alone', async () => {
    expect((await studio('GET', '/host')).body).toMatchObject({ kind: 'alone' })
    expect((await studio('GET', '/story')).body).toBeNull()
    for (const path of ['/service/kill', '/story/1/play', '/start-over']) {
      const { status, body } = await studio('POST', path)
      expect(status).toBe(409)
      expect(body.description).toContain('npm run demo')
    }
    expect((await studio('GET', '/bridge-file')).status).toBe(409)
    expect((await studio('GET', '/decisions?id=1')).body).toMatchObject({ kind: 'unavailable' })
  })

  it('is done by the host, whose complaints reach the page', async () => {
    const own = await startSandbox({ port: 0, zendeskPort: 0, klaviyoPort: 0 })
    const asked: string[] = []
    own.attachHost(hostThatNotes(asked))
    const ask = (method: string, path: string) =>
      call(`${own.controlUrl}/studio${path}`, method, undefined, {})
    expect((await ask('POST', '/story/4/play')).status).toBe(202)
    expect((await ask('POST', '/start-over')).status).toBe(202)
    expect((await ask('GET', '/decisions?id=a&id=b')).body).toEqual({
      kind: 'known',
      decisions: [],
    })
    expect((await ask('GET', '/bridge-file')).body).toEqual({ text: 'name: nordlys' })
    const kill = await ask('POST', '/service/kill')
    expect([kill.status, kill.body.description]).toEqual([409, 'it is not up'])
    expect(asked).toEqual(['play 4', 'start over', 'decisions a,b'])
    await own.close()
  })

  it('is refused to a page from elsewhere', async () => {
    const response = await fetch(`${sandbox.controlUrl}/studio/service/kill`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    expect(response.status).toBe(403)
  })

  it('tells the set-up token to nobody who comes by another name', async () => {
    const own = await startSandbox({ port: 0, zendeskPort: 0, klaviyoPort: 0 })
    own.attachHost(hostThatNotes([]))
    const address = async (host: string) => {
      const { hostname, port } = new URL(own.controlUrl)
      const asked = request({ hostname, port, path: '/studio/host', headers: { host } }).end()
      const [response] = await once(asked, 'response')
      return ((await json(response)) as { replylineUrl: string }).replylineUrl
    }
    expect(await address('127.0.0.1:4000')).toBe('http://127.0.0.1:3000/#setup=secret')
    expect(await address('evil.example:4000')).toBe('http://127.0.0.1:3000/')
    await own.close()
  })
})

function hostThatNotes(asked: string[]): StudioHost {
  return {
    replylineUrl: () => 'http://127.0.0.1:3000/#setup=secret',
    service: () => ({ kind: 'down', endings: 1 }),
    pullThePlug: () => 'it is not up',
    story: () => ({ steps: [], busy: null }),
    play(step) {
      asked.push(`play ${step}`)
      return null
    },
    async startOver() {
      asked.push('start over')
      return null
    },
    async decisionsOn(ids) {
      asked.push(`decisions ${ids.join(',')}`)
      return { kind: 'known', decisions: [] }
    },
    bridgeFile: async () => 'name: nordlys',
    onChange: () => () => undefined,
  }
}
