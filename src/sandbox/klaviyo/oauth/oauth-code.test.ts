import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readTokenAnswer } from '../../oauth-for-tests.ts'
import { CALLBACK, createTestClient, type TestClient } from './oauth-for-tests.ts'

let test: TestClient
beforeEach(() => {
  test = createTestClient()
})
afterEach(() => test.close())

describe('a code', () => {
  it('becomes tokens for the account that consented', async () => {
    const { status, body } = await test.exchange(await test.consents({ account: 'Fjell' }))
    expect([status, body]).toEqual([
      200,
      {
        access_token: expect.any(String),
        token_type: 'Bearer',
        expires_in: 3_600,
        refresh_token: expect.any(String),
        scope: 'accounts:read events:read',
      },
    ])
    expect((await test.call(body.access_token)).body.data).toMatchObject([{ id: 'FJELLS' }])
  })

  it('works once', async () => {
    const code = await test.consents()
    const statuses = [(await test.exchange(code)).status, (await test.exchange(code)).status]
    expect(statuses).toEqual([200, 400])
  })

  it.each([
    [299_000, 200],
    [300_000, 400],
  ])('after %i ms gets %i', async (advanceMs, status) => {
    const code = await test.consents()
    test.world.clock.advance(advanceMs)
    expect((await test.exchange(code)).status).toBe(status)
  })

  it.each([
    ['another verifier', { code_verifier: 'x'.repeat(43) }, 'invalid_grant'],
    ['a short verifier', { code_verifier: 'x' }, 'invalid_request'],
    ['another address', { redirect_uri: `${CALLBACK}/` }, 'invalid_grant'],
    ['another code', { code: 'made-up' }, 'invalid_grant'],
    ['another grant', { grant_type: 'client_credentials' }, 'unsupported_grant_type'],
  ])('with %s gets 400', async (_what, more, error) => {
    const { status, body } = await test.exchange(await test.consents(), more)
    expect([status, body.error]).toEqual([400, error])
  })

  it.each(['replyline:wrong', 'somebody:replyline-secret', ''])(
    'from the client %j gets 401',
    async (client) => {
      const { status, body } = await test.exchange(await test.consents(), {}, client)
      expect([status, body]).toEqual([401, { error: 'invalid_client' }])
    },
  )

  it('is not read from JSON', async () => {
    const authorization = `Basic ${btoa('replyline:replyline-secret')}`
    const headers = { authorization, 'content-type': 'application/json' }
    const body = JSON.stringify({ grant_type: 'authorization_code', code: await test.consents() })
    const init = { method: 'POST', headers, body }
    const answer = await readTokenAnswer(await test.klaviyo.app.request('/oauth/token', init))
    expect([answer.status, answer.body.error]).toEqual([400, 'unsupported_grant_type'])
  })
})
