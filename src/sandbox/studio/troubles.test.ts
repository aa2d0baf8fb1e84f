import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { call, startTestSandbox, type TestSandbox } from '../sandbox-for-tests.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox()
})
beforeEach(async () => {
  await sandbox.control('POST', '/reset')
})
afterAll(() => sandbox.close())

const troubles = async () =>
  (await call(`${sandbox.controlUrl}/studio/troubles`, 'GET', undefined, {})).body

describe('the troubles of the sandbox', () => {
  it('are none at first', async () => {
    const { isLimited, faults, webhooks, grants } = await troubles()
    expect({ isLimited, faults }).toEqual({ isLimited: true, faults: [] })
    expect(new Set(Object.values(webhooks).flatMap((one) => Object.values(one as object)))).toEqual(
      new Set([0]),
    )
    expect(grants[0]).toMatchObject({ conversations: true, webhooks: true })
  })

  it('tell what was asked for, and how often it still happens', async () => {
    const fault = { status: 503 }
    await sandbox.control('POST', '/faults', { platform: 'zendesk', times: 2, fault })
    await sandbox.control('POST', '/webhooks', { platform: 'klaviyo', duplicate: true })
    await sandbox.control('PUT', '/limits', { enabled: false })
    const { grants } = await troubles()
    await sandbox.control('PUT', '/grants', { account: grants[0].account, conversations: false })
    await fetch(`${sandbox.zendeskUrl}/api/v2/tickets.json`)
    expect(await troubles()).toMatchObject({
      isLimited: false,
      faults: [{ platform: 'zendesk', match: {}, times: 1, fault }],
      webhooks: { zendesk: { duplicate: 0 }, klaviyo: { duplicate: 1 } },
      grants: [{ conversations: false, webhooks: true }, ...grants.slice(1)],
    })
  })

  it('are heard of when a call uses one up', async () => {
    let changes = 0
    await sandbox.control('POST', '/faults', { platform: 'zendesk', fault: { status: 503 } })
    const unsubscribe = sandbox.world.changes.subscribe(() => {
      changes += 1
    })
    await fetch(`${sandbox.zendeskUrl}/api/v2/tickets.json`)
    unsubscribe()
    expect(changes).toBe(1)
  })
})
