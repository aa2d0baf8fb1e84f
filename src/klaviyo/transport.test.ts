import { afterEach, describe, expect, it } from 'vitest'
import type { KlaviyoConversationId } from '../kernel/ids.ts'
import { ok } from '../kernel/result.ts'
import { createAccounts } from './accounts.ts'
import { createConversationMessages } from './conversation-messages.ts'
import { isPermissionDenied } from './refusal.ts'
import { type ScriptedKlaviyo, startKlaviyo } from './testing/scripted-klaviyo.ts'

let klaviyo: ScriptedKlaviyo

async function start(...given: Parameters<typeof startKlaviyo>) {
  klaviyo = await startKlaviyo(...given)
  return klaviyo.transport
}

afterEach(() => klaviyo.close())

const conversationId = 'conv-1' as KlaviyoConversationId
const message = { conversationId, body: 'On its way.' }
const account = {
  id: 'AbC123',
  attributes: {
    timezone: 'Europe/Stockholm',
    contact_information: { organization_name: 'Nordlys' },
  },
}

describe('a call to Klaviyo', () => {
  it('carries the key, the revision and JSON:API types', async () => {
    const transport = await start(() => ({ status: 202 }))
    expect(await createConversationMessages(transport).send(message)).toEqual(ok(null))
    expect(klaviyo.received[0]).toMatchObject({
      method: 'POST',
      url: '/api/conversation-messages',
      headers: {
        authorization: 'Klaviyo-API-Key pk_test',
        revision: '2026-07-15',
        'content-type': 'application/vnd.api+json',
        accept: 'application/vnd.api+json',
      },
    })
    expect(klaviyo.sentBody()).toEqual({
      data: {
        type: 'conversation-message',
        attributes: { body: 'On its way.' },
        relationships: { conversation: { data: { type: 'conversation', id: 'conv-1' } } },
      },
    })
  })

  it('with a token renews it once', async () => {
    const token = { current: async () => ok('old'), renew: async () => ok('new') }
    const transport = await start(
      ({ headers }) => ({ status: headers.authorization === 'Bearer new' ? 202 : 401 }),
      { kind: 'oauth', token },
    )
    expect(await createConversationMessages(transport).send(message)).toEqual(ok(null))
  })

  it('with a rejected key asks once and is unauthorised', async () => {
    const transport = await start(() => ({ status: 401, body: { errors: [] } }))
    const sent = await createConversationMessages(transport).send(message)
    expect(sent).toMatchObject({ problem: { kind: 'unauthorised', touched: 'no' } })
    expect(klaviyo.received).toHaveLength(1)
  })

  it('reports the operation’s remaining calls', async () => {
    const headers = {
      'ratelimit-limit': '3, 3;w=1, 60;w=60',
      'ratelimit-remaining': '59',
      'ratelimit-reset': '12',
    }
    const transport = await start(() => ({ status: 202, headers }))
    await createConversationMessages(transport).send(message)
    expect(klaviyo.readings).toEqual([
      { limit: 'create_conversation_message', remaining: 59, total: 60, resetMs: 12_000 },
    ])
  })

  it('reads the account', async () => {
    const transport = await start(() => ({ status: 200, body: { data: [account] } }))
    expect(await createAccounts(transport).account()).toEqual(
      ok({ id: 'AbC123', name: 'Nordlys', timezone: 'Europe/Stockholm' }),
    )
  })
})

describe('a text that was not queued', () => {
  const error = (status: number, code: string) => ({
    status,
    body: { errors: [{ id: 'x', status, code, title: 't', detail: 'd' }] },
  })

  it.each([
    [error(400, 'invalid'), { kind: 'refused', status: 400, code: 'invalid', touched: 'no' }],
    [
      { ...error(429, 'throttled'), headers: { 'retry-after': '2' } },
      { kind: 'rate_limited', retryAfterMs: 2_000 },
    ],
    [error(503, 'unavailable'), { kind: 'unavailable', touched: 'maybe' }],
    [
      { status: 200, body: '<html>' },
      { kind: 'unavailable', touched: 'maybe' },
    ],
    [
      { status: 403, body: '<html>' },
      { kind: 'unavailable', touched: 'maybe' },
    ],
  ])('%j', async (reply, problem) => {
    const transport = await start(() => reply)
    expect(await createConversationMessages(transport).send(message)).toMatchObject({ problem })
    expect(klaviyo.received).toHaveLength(1)
  })

  it('may have been, when the connection ends without an answer', async () => {
    const transport = await start(() => (response) => response.destroy())
    expect(await createConversationMessages(transport).send(message)).toMatchObject({
      problem: { kind: 'unreachable', touched: 'maybe' },
    })
    expect(klaviyo.received).toHaveLength(1)
  })

  it('for want of a grant says so', async () => {
    const transport = await start(() => error(403, 'permission_denied'))
    const sent = await createConversationMessages(transport).send(message)
    expect(!sent.ok && isPermissionDenied(sent.problem)).toBe(true)
  })
})
