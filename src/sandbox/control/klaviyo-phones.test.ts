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

describe('a carrier that refuses the next text', () => {
  const shown = async () => (await sandbox.control('GET', `${phone}/messages`)).body.length
  const campaign = (name: string) =>
    sandbox.control('POST', '/campaigns', { name, body: name, to: [SARAH] })

  it('lets the one after it through', async () => {
    await sandbox.control('PUT', `${phone}/failure`, { type: 'Carrier Violation', times: 1 })
    expect((await sandbox.control('GET', `${phone}/failure`)).body).toMatchObject({
      type: 'Carrier Violation',
      times: 1,
    })
    await campaign('First')
    await expect
      .poll(async () => (await sandbox.control('GET', `${phone}/failure`)).body.type)
      .toBe(null)
    expect(await shown()).toBe(0)
    await campaign('Second')
    await expect.poll(shown).toBe(1)
  })

  it('goes on refusing when no number is given', async () => {
    await sandbox.control('PUT', `${phone}/failure`, { type: 'Carrier Violation' })
    await campaign('First')
    await campaign('Second')
    const failures = async () =>
      (await sandbox.control('GET', '/events?metric=Failed to Deliver Text Message')).body.length
    await expect.poll(failures).toBe(2)
    expect(await shown()).toBe(0)
  })
})
