import { CHALLENGE, createBrowser, readTokenAnswer, VERIFIER } from '../../oauth-for-tests.ts'
import { createTestKlaviyo } from '../test-support.ts'

type More = Readonly<Record<string, string>>

export const CALLBACK = 'http://localhost:3000/oauth/klaviyo/callback'

export type TestClient = ReturnType<typeof createTestClient>

/** An emulated Klaviyo without ports, and a client that connects to it. Limits are off. */
export function createTestClient() {
  const test = createTestKlaviyo()
  const browser = createBrowser(test.klaviyo.app, '/oauth/authorize', {
    response_type: 'code',
    client_id: 'replyline',
    redirect_uri: CALLBACK,
    scope: 'accounts:read events:read',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
  })

  /** Answers the code. */
  async function consents(more: More = {}): Promise<string> {
    return (await browser.allows(more)).said.code ?? ''
  }

  async function ask(path: string, form: More, client = 'replyline:replyline-secret') {
    const headers = { authorization: `Basic ${btoa(client)}` }
    const init = { method: 'POST', headers, body: new URLSearchParams(form) }
    return readTokenAnswer(await test.klaviyo.app.request(path, init))
  }

  function exchange(code: string, more: More = {}, client?: string) {
    const usual = { code, redirect_uri: CALLBACK, code_verifier: VERIFIER }
    return ask('/oauth/token', { grant_type: 'authorization_code', ...usual, ...more }, client)
  }

  return {
    ...test,
    consents,
    exchange,
    connect: async (more: More = {}) => (await exchange(await consents(more))).body,
    refresh: (refresh_token: string) =>
      ask('/oauth/token', { grant_type: 'refresh_token', refresh_token }),
    revoke: (token: string, client?: string) => ask('/oauth/revoke', { token }, client),
    call: (token: string, path = '/api/accounts') =>
      test.api('GET', path, { key: null, headers: { authorization: `Bearer ${token}` } }),
  }
}
