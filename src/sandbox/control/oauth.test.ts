import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHALLENGE, createBrowser, readTokenAnswer, VERIFIER } from '../oauth-for-tests.ts'
import { startTestSandbox, type TestSandbox } from '../sandbox-for-tests.ts'

const PLATFORMS = {
  zendesk: { page: '/oauth/authorizations/new', token: '/oauth/tokens', scope: 'read' },
  klaviyo: { page: '/oauth/authorize', token: '/oauth/token', scope: 'accounts:read' },
} as const

type Platform = keyof typeof PLATFORMS

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox()
})
beforeEach(async () => {
  await sandbox.control('POST', '/reset')
  await sandbox.control('PUT', '/limits', { enabled: false })
})
afterAll(() => sandbox.close())

const urlOf = (platform: Platform) =>
  platform === 'zendesk' ? sandbox.zendeskUrl : sandbox.klaviyoUrl
const callbackOf = (platform: Platform) => `http://127.0.0.1:9/oauth/${platform}/callback`

function browse(platform: Platform) {
  const request = (path: string, init: RequestInit = {}) =>
    fetch(`${urlOf(platform)}${path}`, { ...init, redirect: 'manual' })
  return createBrowser({ request: request as never }, PLATFORMS[platform].page, {
    response_type: 'code',
    client_id: 'replyline',
    redirect_uri: callbackOf(platform),
    scope: PLATFORMS[platform].scope,
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
  })
}

async function askForTokens(platform: Platform, form: Readonly<Record<string, string>>) {
  const client = { client_id: 'replyline', client_secret: 'replyline-secret' }
  const headers = { authorization: `Basic ${btoa('replyline:replyline-secret')}` }
  const body = new URLSearchParams({ ...client, ...form })
  const init = { method: 'POST', headers, body }
  return readTokenAnswer(await fetch(`${urlOf(platform)}${PLATFORMS[platform].token}`, init))
}

async function connect(platform: Platform) {
  const { said } = await browse(platform).allows()
  const code = { code: said.code ?? '', redirect_uri: callbackOf(platform) }
  const grant = { grant_type: 'authorization_code', code_verifier: VERIFIER, ...code }
  return (await askForTokens(platform, grant)).body
}
const refresh = (platform: Platform, refresh_token: string) =>
  askForTokens(platform, { grant_type: 'refresh_token', refresh_token })

async function statusWith(platform: Platform, token: string): Promise<number> {
  const path = platform === 'zendesk' ? '/api/v2/users/me' : '/api/accounts'
  const headers = { authorization: `Bearer ${token}`, revision: '2026-07-15' }
  return (await fetch(`${urlOf(platform)}${path}`, { headers })).status
}

describe.each(['zendesk', 'klaviyo'] as const)('a connection to %s', (platform) => {
  it('loses its access token, and can refresh', async () => {
    const { access_token, refresh_token } = await connect(platform)
    expect(await statusWith(platform, access_token)).toBe(200)
    const { body } = await sandbox.control('POST', '/oauth/expire', { platform })
    expect(body).toEqual({ platform, expired: 1 })
    expect(await statusWith(platform, access_token)).toBe(401)
    const renewed = await refresh(platform, refresh_token)
    expect(await statusWith(platform, renewed.body.access_token)).toBe(200)
  })

  it('ends when the app is removed, until somebody consents again', async () => {
    const { access_token, refresh_token } = await connect(platform)
    const { body } = await sandbox.control('POST', '/oauth/revoke', { platform })
    expect(body).toEqual({ platform, revoked: 1 })
    expect(await statusWith(platform, access_token)).toBe(401)
    const refused = await refresh(platform, refresh_token)
    expect([refused.status, refused.body.error]).toEqual([400, 'invalid_grant'])
    expect(await statusWith(platform, (await connect(platform)).access_token)).toBe(200)
  })

  it('is asked for from registered addresses alone, compared letter by letter', async () => {
    const redirectUris = ['https://desk.example.com/oauth/cb', 'http://127.0.0.1:5000/cb']
    await sandbox.control('PUT', '/oauth', { platform, redirectUris })
    const arrives = async (redirect_uri: string) =>
      (await browse(platform).allows({ redirect_uri })).status
    expect(await Promise.all(redirectUris.map(arrives))).toEqual([302, 302])
    const others = [callbackOf(platform), `${redirectUris[0]}/`, 'http://127.0.0.1:5001/cb']
    expect(await Promise.all(others.map(arrives))).toEqual([400, 400, 400])
    await sandbox.control('PUT', '/oauth', { platform, redirectUris: 'loopback' })
    expect(await arrives(callbackOf(platform))).toBe(302)
  })

  it('is subject to faults, and every step is in the log of calls', async () => {
    const { page, token } = PLATFORMS[platform]
    const fault = { status: 503 }
    await sandbox.control('POST', '/faults', { platform, match: { path: page }, fault })
    expect((await browse(platform).opens()).status).toBe(503)
    const { refresh_token } = await connect(platform)
    const lost = { platform, match: { path: token }, fault: { reset: 'after' } }
    await sandbox.control('POST', '/faults', lost)
    await expect(refresh(platform, refresh_token)).rejects.toThrow()
    expect((await refresh(platform, refresh_token)).body.error).toBe('invalid_grant')

    const { body } = await sandbox.control('GET', `/calls?platform=${platform}`)
    const seen = body.map((call: { path: string; status: number }) => [call.path, call.status])
    expect(seen).toEqual([
      [page, 503],
      [page, 302],
      [token, 200],
      [token, 0],
      [token, 400],
    ])
  })
})

describe("the seed's own tokens", () => {
  it('of agents outlive what happens to the client', async () => {
    await sandbox.control('POST', '/oauth/expire', { platform: 'zendesk' })
    await sandbox.control('POST', '/oauth/revoke', { platform: 'zendesk' })
    expect(await statusWith('zendesk', 'agent-alva')).toBe(200)
  })
})

describe('a change of the registration', () => {
  it('is answered with what holds now, and ends with the reset', async () => {
    const change = { platform: 'zendesk', kind: 'public', scopes: ['tickets:read'] }
    const { body } = await sandbox.control('PUT', '/oauth', change)
    expect(body).toEqual({ ...change, clientId: 'replyline', redirectUris: 'loopback' })
    await sandbox.control('POST', '/reset')
    const after = await sandbox.control('PUT', '/oauth', { platform: 'zendesk' })
    expect(after.body).toMatchObject({ kind: 'confidential', scopes: null })
  })

  it.each([
    [{ redirectUris: [] }],
    [{ platform: 'zendesk', redirectUris: ['http://desk.example.com/cb'] }],
    [{ platform: 'zendesk', redirectUris: ['https://desk.example.com/cb#x'] }],
    [{ platform: 'zendesk', redirectUris: ['urn:ietf:wg:oauth:2.0:oob'] }],
    [{ platform: 'zendesk', redirectUris: 'anything' }],
    [{ platform: 'zendesk', kind: 'secret' }],
    [{ platform: 'zendesk', scopes: 'read' }],
    [{ platform: 'zendesk', scopes: ['read', 'tickets:read'] }],
  ])('is refused when it makes no sense: %j', async (change) => {
    expect((await sandbox.control('PUT', '/oauth', change)).status).toBe(400)
  })
})
