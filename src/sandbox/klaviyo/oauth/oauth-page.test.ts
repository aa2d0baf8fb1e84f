import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CHALLENGE, createBrowser, STATE } from '../../oauth-for-tests.ts'
import { createTestKlaviyo, type TestKlaviyo } from '../test-support.ts'

const CALLBACK = 'http://127.0.0.1:3000/oauth/klaviyo/callback'

let test: TestKlaviyo
let browser: ReturnType<typeof createBrowser>

beforeEach(() => {
  test = createTestKlaviyo()
  browser = createBrowser(test.klaviyo.app, '/oauth/authorize', {
    response_type: 'code',
    client_id: 'replyline',
    redirect_uri: CALLBACK,
    scope: 'accounts:read events:read',
    state: STATE,
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
  })
})
afterEach(() => test.close())

describe("Klaviyo's consent page", () => {
  it('names the app, the scopes and the account', async () => {
    const page = await (await browser.opens()).text()
    expect(page).toContain('Allow Replyline to use your Klaviyo account?')
    expect(page).toContain('<code>events:read</code>')
    expect(page).toContain('selected>Nordlys Outdoor')
  })

  it.each([
    ['FJELLS', 'FJELLS'],
    ['Fjell', 'FJELLS'],
    ['nordlys', 'NRDLYS'],
    ['', 'NRDLYS'],
  ])('called for the account %j is sent for it', async (account, id) => {
    const page = await (await browser.opens({ account })).text()
    const { status, at, said } = await browser.submits(page, 'allow')
    expect([status, at, said.state]).toEqual([302, CALLBACK, STATE])
    expect(test.klaviyo.oauth.codes.take(said.code ?? '')?.subject.id).toBe(id)
  })

  it('answers a denial with an error and the state', async () => {
    const page = await (await browser.opens()).text()
    const { said } = await browser.submits(page, 'deny')
    expect(said).toMatchObject({ error: 'access_denied', state: STATE })
    expect(said).not.toHaveProperty('code')
  })

  it.each([
    ['another client', { client_id: 'somebody' }],
    ['a foreign address', { redirect_uri: 'https://evil.example/oauth/klaviyo/callback' }],
    ["Zendesk's path", { redirect_uri: 'http://127.0.0.1:3000/oauth/zendesk/callback' }],
    ['an account that is not there', { account: 'Nowhere' }],
  ])('redirects nobody for %s', async (_what, more) => {
    const response = await browser.opens(more)
    expect([response.status, response.headers.get('location')]).toEqual([400, null])
    expect((await browser.allows(more)).status).toBe(400)
  })

  it.each([
    ['challenge', { code_challenge: null, code_challenge_method: null }, 'invalid_request'],
    ['method', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['response_type', { response_type: null }, 'unsupported_response_type'],
    ['scope', { scope: 'events:read everything:write' }, 'invalid_scope'],
  ])('sends a request with a wrong %s back', async (_what, more, error) => {
    const { at, said } = await browser.allows(more)
    expect([at, said]).toEqual([CALLBACK, { error, state: STATE }])
  })

  it('sends a request for more than the app registered back', async () => {
    test.klaviyo.oauth.client.change({ scopes: ['accounts:read'] })
    expect((await browser.allows()).said.error).toBe('invalid_scope')
    expect((await browser.allows({ scope: 'accounts:read' })).said).toHaveProperty('code')
  })
})
