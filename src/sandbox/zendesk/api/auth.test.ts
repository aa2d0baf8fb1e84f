import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adminToken, call, startTestSandbox, type TestSandbox } from '../../sandbox-for-tests.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox()
})
afterAll(() => sandbox.close())

const grant = (more: object) => ({
  grant_type: 'client_credentials',
  client_id: 'replyline',
  client_secret: 'replyline-secret',
  ...more,
})
const askForToken = (more: object) =>
  call(`${sandbox.zendeskUrl}/oauth/tokens`, 'POST', grant(more), {})

describe('a token', () => {
  it('acts as the admin who made the client, and says for how long', async () => {
    const { status, body } = await askForToken({ scope: 'read write' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ token_type: 'bearer', scope: 'read write', expires_in: 1800 })

    const authorization = `Bearer ${body.access_token}`
    const me = await sandbox.api('GET', '/users/me.json', undefined, { authorization })
    expect(me.body.user).toMatchObject({ email: 'admin@example.com', role: 'admin' })
  })

  it('leaves out scopes that Zendesk does not know', async () => {
    const { body } = await askForToken({ scope: 'tickets:read nonsense:write' })
    expect(body.scope).toBe('tickets:read')
  })

  it.each([
    ['another secret', { client_secret: 'wrong' }, 401, 'invalid_client'],
    ['an unknown grant', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['no scope that exists', { scope: 'nonsense' }, 400, 'invalid_scope'],
    ['a life of a second', { expires_in: 1 }, 400, 'invalid_request'],
  ])('is refused for %s', async (_why, more, status, error) => {
    const answer = await askForToken(more)
    expect([answer.status, answer.body.error]).toEqual([status, error])
  })

  it('ends with its life on the sandbox clock', async () => {
    const authorization = `Bearer ${await adminToken(sandbox.zendeskUrl, { expires_in: 300 })}`
    const before = await sandbox.api('GET', '/brands', undefined, { authorization })
    await sandbox.control('POST', '/clock', { advanceMs: 300_000 })
    const after = await sandbox.api('GET', '/brands', undefined, { authorization })
    expect([before.status, after.status]).toEqual([200, 401])
    expect(after.body.error).toBe('invalid_token')
  })

  it('opens only what its scope names', async () => {
    const authorization = `Bearer ${await adminToken(sandbox.zendeskUrl, { scope: 'tickets:read' })}`
    const asked = (method: string, path: string) =>
      sandbox.api(method, path, undefined, { authorization })
    expect((await asked('GET', '/tickets/1')).status).toBe(200)
    expect((await asked('GET', '/tickets/1/audits')).status).toBe(403)
    expect((await asked('DELETE', '/tickets/1')).status).toBe(403)
  })
})

describe('a call without credentials', () => {
  it('is refused', async () => {
    const { status, body } = await call(
      `${sandbox.zendeskUrl}/api/v2/tickets`,
      'GET',
      undefined,
      {},
    )
    expect([status, body]).toEqual([401, { error: "Couldn't authenticate you" }])
  })

  it('is nobody when it asks who it is', async () => {
    const url = `${sandbox.zendeskUrl}/api/v2/users/me.json`
    const { status, body } = await call(url, 'GET', undefined, {})
    expect([status, body.user.id, body.user.name]).toEqual([200, null, 'Anonymous user'])
  })
})

describe("an agent's token", () => {
  it('works, but not for exports', async () => {
    const headers = { authorization: 'Bearer agent-alva' }
    const me = await sandbox.api('GET', '/users/me', undefined, headers)
    const feed = await sandbox.api(
      'GET',
      '/incremental/tickets/cursor?start_time=0',
      undefined,
      headers,
    )
    expect(me.body.user.name).toBe('Alva Agent')
    expect([feed.status, feed.body.error.title]).toEqual([403, 'Forbidden'])
  })
})

describe('a path that is not emulated', () => {
  it('says so', async () => {
    const { status, body } = await sandbox.api('GET', '/satisfaction_ratings')
    expect(status).toBe(501)
    expect(body.description).toBe('the sandbox does not emulate GET /api/v2/satisfaction_ratings')
  })
})

describe('an API token', () => {
  const basic = (text: string) => ({ authorization: `Basic ${btoa(text)}` })
  const ask = (text: string, path = '/users/me') => sandbox.api('GET', path, undefined, basic(text))

  it('lets any of the staff be named, with what that person may', async () => {
    const me = await ask('agent@example.com/token:sandbox-api-token')
    expect(me.body.user).toMatchObject({ name: 'Alva Agent' })
    const refused = await ask('agent@example.com/token:sandbox-api-token', '/webhooks')
    expect(refused.status).toBe(403)
  })

  it.each([
    'admin@example.com:password',
    'admin@example.com/token:wrong',
    'maja.lind@customer.example/token:sandbox-api-token',
    'nobody',
  ])('does not let in "%s"', async (text) => {
    expect((await ask(text, '/tickets/1')).status).toBe(401)
  })
})

describe('a body that is not JSON', () => {
  it('is answered with 501, for what Zendesk says to it is not known', async () => {
    const answer = await fetch(`${sandbox.zendeskUrl}/api/v2/tickets`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('admin@example.com/token:sandbox-api-token')}` },
      body: '{"ticket": ',
    })
    expect(answer.status).toBe(501)
  })
})
