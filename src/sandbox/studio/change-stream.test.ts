import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../sandbox-for-tests.ts'

const SARAH = '+14155550111'
const phone = `/phones/${encodeURIComponent(SARAH)}`

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox()
})
beforeEach(async () => {
  await sandbox.control('POST', '/reset')
})
afterAll(() => sandbox.close())

describe('the stream of changes', () => {
  /** Opens the stream and counts its events. */
  async function listen() {
    const abort = new AbortController()
    const response = await fetch(`${sandbox.controlUrl}/studio/changes`, { signal: abort.signal })
    const heard = { count: 0 }
    const reading = (async () => {
      const decoder = new TextDecoder()
      for await (const chunk of response.body ?? [])
        heard.count += decoder.decode(chunk).split('event: changed').length - 1
    })().catch((error: Error) => {
      if (error.name !== 'AbortError') throw error
    })
    return {
      heard,
      async close() {
        abort.abort()
        await reading
      },
    }
  }

  it('tells of a text that arrives by itself, and of a platform that was written to', async () => {
    const { heard, close } = await listen()
    await sandbox.control('POST', '/campaigns', { name: 'Sale', body: 'Sale', to: [SARAH] })
    await expect
      .poll(async () => (await sandbox.control('GET', `${phone}/messages`)).body.length)
      .toBe(1)
    await expect.poll(() => heard.count).toBeGreaterThanOrEqual(2)
    const before = heard.count
    await sandbox.api('PUT', '/tickets/3', { ticket: { status: 'pending' } })
    await expect.poll(() => heard.count).toBeGreaterThan(before)
    await close()
  })

  it('gathers many changes of a moment into few events', async () => {
    const { heard, close } = await listen()
    for (let index = 0; index < 50; index += 1) sandbox.world.changes.note()
    await expect.poll(() => heard.count).toBe(2)
    await close()
  })
})
