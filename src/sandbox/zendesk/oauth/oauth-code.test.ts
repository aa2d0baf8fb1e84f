import { beforeEach, describe, expect, it } from 'vitest'
import { VERIFIER } from '../../oauth-for-tests.ts'
import { CALLBACK, createTestClient, DAY_S, SECRET, type TestClient } from './oauth-for-tests.ts'

let test: TestClient
beforeEach(() => {
  test = createTestClient()
})

describe('a code', () => {
  it('becomes tokens that act as whoever consented', async () => {
    const { status, body } = await test.exchange(await test.consents({ as: 'agent@example.com' }))
    expect(status).toBe(200)
    expect(body).toEqual({
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      token_type: 'bearer',
      scope: 'read write',
      expires_in: 1_800,
      refresh_token_expires_in: 30 * DAY_S,
    })
    const me = await test.api(body.access_token, 'GET', '/users/me.json')
    expect(me.body.user.email).toBe('agent@example.com')
  })

  it('may come as a form', async () => {
    const fields = { grant_type: 'authorization_code', redirect_uri: CALLBACK, ...SECRET }
    const code = await test.consents()
    const body = new URLSearchParams({ ...fields, code, code_verifier: VERIFIER })
    const response = await test.zendesk.app.request('/oauth/tokens', { method: 'POST', body })
    expect(response.status).toBe(200)
  })

  it('works once', async () => {
    const code = await test.consents()
    const first = await test.exchange(code)
    const second = await test.exchange(code)
    expect([first.status, second.status, second.body.error]).toEqual([200, 400, 'invalid_grant'])
    expect((await test.api(first.body.access_token, 'GET', '/brands')).status).toBe(200)
  })

  it.each([
    [119_000, 200],
    [120_000, 400],
  ])('after %i ms gets %i', async (advanceMs, status) => {
    const code = await test.consents()
    test.world.clock.advance(advanceMs)
    expect((await test.exchange(code)).status).toBe(status)
  })

  it.each([
    ['another verifier', { code_verifier: 'x'.repeat(43) }, 400, 'invalid_grant'],
    ['no verifier', { code_verifier: undefined }, 400, 'invalid_grant'],
    [
      'another address',
      { redirect_uri: 'http://localhost:3001/oauth/zendesk/callback' },
      400,
      'invalid_grant',
    ],
    ['another code', { code: 'made-up' }, 400, 'invalid_grant'],
    ['another secret', { client_secret: 'wrong' }, 401, 'invalid_client'],
    ['no secret', { client_secret: undefined }, 401, 'invalid_client'],
    ['another client', { client_id: 'somebody' }, 401, 'invalid_client'],
    ['more than was allowed', { scope: 'read write impersonate' }, 400, 'invalid_scope'],
    ['a refresh life of a day', { refresh_token_expires_in: DAY_S }, 400, 'invalid_request'],
  ])('with %s is refused', async (_what, more, status, error) => {
    const answer = await test.exchange(await test.consents(), more)
    expect([answer.status, answer.body.error]).toEqual([status, error])
    expect(answer.body.error_description).not.toBe('')
  })

  it('that was asked for without a challenge takes no verifier', async () => {
    const bare = { code_challenge: null, code_challenge_method: null }
    expect((await test.exchange(await test.consents(bare))).body.error).toBe('invalid_grant')
    const without = await test.exchange(await test.consents(bare), { code_verifier: undefined })
    expect(without.status).toBe(200)
  })

  it('of a public client needs no secret, only the verifier', async () => {
    test.zendesk.oauth.client.change({ kind: 'public' })
    const more = { client_secret: undefined }
    expect((await test.exchange(await test.consents(), more)).status).toBe(200)
    const wrong = await test.exchange(await test.consents(), {
      ...more,
      code_verifier: 'y'.repeat(43),
    })
    expect(wrong.body.error).toBe('invalid_grant')
  })

  it('of a confidential client needs no secret beside a verifier if the switch says so', async () => {
    test.world.settings.set('pkce_needs_secret', 'off')
    expect((await test.exchange(await test.consents(), { client_secret: undefined })).status).toBe(
      200,
    )
  })
})
