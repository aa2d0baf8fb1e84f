import { beforeEach, describe, expect, it } from 'vitest'
import { createTestClient, DAY_S, SECRET, type TestClient } from './oauth-for-tests.ts'

let test: TestClient
beforeEach(() => {
  test = createTestClient()
})

describe('a refresh', () => {
  it('ends the old access and refresh token at once', async () => {
    const old = await test.connect()
    const { status, body } = await test.refresh(old.refresh_token)
    expect(status).toBe(200)
    expect((await test.api(old.access_token, 'GET', '/brands')).status).toBe(401)
    expect((await test.api(body.access_token, 'GET', '/brands')).status).toBe(200)
  })

  it('of two at once is lost by the second, and the first stays good', async () => {
    const old = await test.connect()
    const [first, second] = await Promise.all([
      test.refresh(old.refresh_token),
      test.refresh(old.refresh_token),
    ])
    expect([first.status, second.status, second.body.error]).toEqual([200, 400, 'invalid_grant'])
    expect((await test.refresh(first.body.refresh_token)).status).toBe(200)
  })

  it('keeps the lives that it asks for, and falls back to the usual ones', async () => {
    const lives = { expires_in: 172_800, refresh_token_expires_in: 7_776_000 }
    const asked = await test.connect(lives)
    expect(asked).toMatchObject(lives)
    const again = await test.refresh(asked.refresh_token)
    expect(again.body).toMatchObject({ expires_in: 1_800, refresh_token_expires_in: 30 * DAY_S })
  })

  it.each([
    [7 * DAY_S - 1, 200],
    [7 * DAY_S, 400],
  ])('after %i s of a week gets %i', async (seconds, status) => {
    const { refresh_token } = await test.connect({ refresh_token_expires_in: 7 * DAY_S })
    test.world.clock.advance(seconds * 1_000)
    expect((await test.refresh(refresh_token)).status).toBe(status)
  })

  it('needs the secret, and no more scope than there was', async () => {
    const { refresh_token } = await test.connect({ scope: 'read' })
    expect((await test.refresh(refresh_token, { client_secret: 'wrong' })).status).toBe(401)
    expect((await test.refresh(refresh_token, { scope: 'write' })).body.error).toBe('invalid_scope')
    expect((await test.refresh(refresh_token)).body.scope).toBe('read')
  })

  it('is not for client_credentials', async () => {
    const { status, body } = await test.ask({ ...SECRET, grant_type: 'client_credentials' })
    expect(status).toBe(200)
    expect(body).not.toHaveProperty('refresh_token')
  })
})

describe('a scope', () => {
  it('beyond the ceiling of the client is refused to client_credentials as well', async () => {
    test.zendesk.oauth.client.change({ scopes: ['read'] })
    const credentials = { ...SECRET, grant_type: 'client_credentials' }
    expect((await test.ask({ ...credentials, scope: 'read write' })).body.error).toBe(
      'invalid_scope',
    )
    expect((await test.ask({ ...credentials, scope: 'tickets:read' })).body.scope).toBe(
      'tickets:read',
    )
  })

  it('that was dropped without a word shows only in what calls may do', async () => {
    const { body } = await test.exchange(
      await test.consents({ scope: 'tickets:read tickets:scribble' }),
    )
    expect(body.scope).toBe('tickets:read')
    expect((await test.api(body.access_token, 'GET', '/tickets/1')).status).toBe(200)
    const refused = await test.api(body.access_token, 'PUT', '/tickets/1')
    expect([refused.status, refused.body]).toEqual([
      403,
      {
        error: 'Forbidden',
        description: 'You are missing the following required scopes: tickets:write, write',
      },
    ])
  })
})

describe('a token', () => {
  it('shows itself without its secrets', async () => {
    const { access_token, refresh_token } = await test.connect()
    const { body } = await test.api(access_token, 'GET', '/oauth/tokens/current.json')
    expect(body.token).toMatchObject({
      id: expect.any(Number),
      client_id: expect.any(Number),
      scopes: ['read', 'write'],
      token: access_token.slice(0, 10),
      refresh_token: refresh_token.slice(0, 10),
    })
    expect(Object.keys(body.token)).not.toContain('refresh')
  })

  it('that is revoked takes its refresh token along', async () => {
    const { access_token, refresh_token } = await test.connect()
    const { body } = await test.api(access_token, 'GET', '/oauth/tokens/current')
    const revoked = await test.api(access_token, 'DELETE', `/oauth/tokens/${body.token.id}.json`)
    expect(revoked.status).toBe(204)
    expect((await test.api(access_token, 'GET', '/brands')).status).toBe(401)
    expect((await test.refresh(refresh_token)).body.error).toBe('invalid_grant')
  })

  it('of an admin cannot be revoked by an agent', async () => {
    const { access_token } = await test.connect()
    const { body } = await test.api(access_token, 'GET', '/oauth/tokens/current')
    const path = `/oauth/tokens/${body.token.id}`
    expect((await test.api('agent-alva', 'DELETE', path)).status).toBe(404)
  })

  it('ends with the reset', async () => {
    const { access_token, refresh_token } = await test.connect()
    test.zendesk.reset()
    expect((await test.api(access_token, 'GET', '/brands')).status).toBe(401)
    expect((await test.refresh(refresh_token)).status).toBe(400)
  })
})
