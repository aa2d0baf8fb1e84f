import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestClient, type TestClient } from './oauth-for-tests.ts'

const DAY_MS = 86_400_000

let test: TestClient
beforeEach(() => {
  test = createTestClient()
})
afterEach(() => test.close())

describe('an access token', () => {
  it('lives one hour', async () => {
    const { access_token } = await test.connect()
    test.world.clock.advance(3_599_000)
    expect((await test.call(access_token)).status).toBe(200)
    test.world.clock.advance(1_000)
    expect((await test.call(access_token)).status).toBe(401)
  })

  it('opens what its scopes name', async () => {
    const { access_token } = await test.connect()
    const refused = await test.call(access_token, '/api/profiles')
    expect([refused.status, refused.body.errors?.[0]?.code]).toEqual([403, 'permission_denied'])
    expect((await test.call(access_token, '/api/events')).status).toBe(200)
  })

  it('has limits of its own in each account', async () => {
    test.world.limits.setEnabled(true)
    const nordlys = await test.connect()
    const fjell = await test.connect({ account: 'Fjell' })
    const statuses = [
      (await test.call(nordlys.access_token)).status,
      (await test.api('GET', '/api/accounts')).status,
      (await test.call(fjell.access_token)).status,
      (await test.call(nordlys.access_token)).status,
    ]
    expect(statuses).toEqual([200, 200, 200, 429])
  })
})

describe('a refresh', () => {
  it('of two at once is lost by the second', async () => {
    const { refresh_token } = await test.connect()
    const [first, second] = await Promise.all([
      test.refresh(refresh_token),
      test.refresh(refresh_token),
    ])
    expect([first.status, second.status, second.body]).toEqual([
      200,
      400,
      { error: 'invalid_grant' },
    ])
    expect((await test.refresh(first.body.refresh_token)).status).toBe(200)
    expect((await test.call(first.body.access_token)).status).toBe(200)
  })

  it('gives back the same refresh token when rotation is off', async () => {
    test.world.settings.set('klaviyo_refresh_rotation', false)
    const { refresh_token } = await test.connect()
    const [first, second] = await Promise.all([
      test.refresh(refresh_token),
      test.refresh(refresh_token),
    ])
    expect([first.body.refresh_token, second.body.refresh_token]).toEqual([
      refresh_token,
      refresh_token,
    ])
  })

  it.each(['on', 'off'])('works until 90 days unused, with rotation %s', async (rotation) => {
    test.world.settings.set('klaviyo_refresh_rotation', rotation)
    const { refresh_token } = await test.connect()
    test.world.clock.advance(90 * DAY_MS - 1_000)
    const { status, body } = await test.refresh(refresh_token)
    expect(status).toBe(200)
    test.world.clock.advance(90 * DAY_MS)
    expect((await test.refresh(body.refresh_token)).body).toEqual({ error: 'invalid_grant' })
  })
})

describe('a revoked token', () => {
  it('takes the access tokens along when it is the refresh token', async () => {
    const { access_token, refresh_token } = await test.connect()
    expect((await test.revoke(refresh_token)).status).toBe(200)
    expect((await test.call(access_token)).status).toBe(401)
    expect((await test.refresh(refresh_token)).body.error).toBe('invalid_grant')
  })

  it('goes alone when it is an access token', async () => {
    const { access_token, refresh_token } = await test.connect()
    expect((await test.revoke(access_token)).status).toBe(200)
    expect((await test.call(access_token)).status).toBe(401)
    expect((await test.refresh(refresh_token)).status).toBe(200)
  })

  it('stays good when somebody else asks', async () => {
    const { access_token, refresh_token } = await test.connect()
    expect((await test.revoke(refresh_token, 'replyline:wrong')).status).toBe(401)
    expect((await test.revoke('made-up')).status).toBe(200)
    expect((await test.call(access_token)).status).toBe(200)
  })

  it('is gone after the reset, like all others', async () => {
    const { access_token, refresh_token } = await test.connect()
    test.klaviyo.reset()
    expect((await test.call(access_token)).status).toBe(401)
    expect((await test.refresh(refresh_token)).status).toBe(400)
  })
})
