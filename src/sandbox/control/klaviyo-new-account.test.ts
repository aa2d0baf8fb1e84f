import { describe, expect, it } from 'vitest'
import { createTestKlaviyo } from '../klaviyo/test-support.ts'
import { addKlaviyoAccount } from './klaviyo-new-account.ts'

describe('a further Klaviyo account', () => {
  it('answers to its own key and has a number of its own', async () => {
    const { klaviyo, api, control, close } = createTestKlaviyo()
    const made = addKlaviyoAccount(klaviyo.store, { name: 'Skog' }, 0)
    if (typeof made === 'string') throw new Error(made)
    const { body } = await api('GET', '/api/accounts', { key: made.apiKey })
    expect(body.data).toMatchObject([{ id: made.id }])
    const text = { to: made.numbers[0], body: 'Hello' }
    await control('POST', '/control/phones/%2B14155550111/messages', text)
    expect(await control('GET', `/control/events?account=${made.id}`)).toMatchObject([
      { account: made.id, metric: 'Sent Text Message' },
    ])
    close()
  })

  it('may have a key that may do less', async () => {
    const { klaviyo, api, close } = createTestKlaviyo()
    const scopes = ['events:read']
    const made = addKlaviyoAccount(klaviyo.store, { name: 'Skog', scopes }, 0)
    if (typeof made === 'string') throw new Error(made)
    expect((await api('GET', '/api/events', { key: made.apiKey })).status).toBe(200)
    expect((await api('GET', '/api/accounts', { key: made.apiKey })).status).toBe(403)
    close()
  })

  it.each([
    [{}, /expected string/],
    [{ name: 'Skog', apiKey: 'pk_sandbox' }, /key is taken/],
    [{ name: 'Skog', numbers: ['+18005550100'] }, /belongs to another account/],
  ])('is not made from %j', (given, complaint) => {
    const { klaviyo, close } = createTestKlaviyo()
    expect(addKlaviyoAccount(klaviyo.store, given, 0)).toMatch(complaint)
    close()
  })
})
