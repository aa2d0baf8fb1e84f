import { CHALLENGE, createBrowser, readTokenAnswer, VERIFIER } from '../../oauth-for-tests.ts'
import { createWorld } from '../../world.ts'
import { createZendeskEmulator } from '../app.ts'

type More = Readonly<Record<string, unknown>>

export const CALLBACK = 'http://localhost:3000/oauth/zendesk/callback'
export const SECRET = { client_id: 'replyline', client_secret: 'replyline-secret' }
export const DAY_S = 86_400

export type TestClient = ReturnType<typeof createTestClient>

/** An emulated Zendesk without ports, and a client that connects to it. */
export function createTestClient() {
  const world = createWorld()
  const zendesk = createZendeskEmulator(world)
  const browser = createBrowser(zendesk.app, '/oauth/authorizations/new', {
    response_type: 'code',
    client_id: 'replyline',
    redirect_uri: CALLBACK,
    scope: 'read write',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
  })

  /** Answers the code. */
  async function consents(more: Record<string, string | null> = {}): Promise<string> {
    return (await browser.allows(more)).said.code ?? ''
  }

  async function ask(body: More) {
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    return readTokenAnswer(await zendesk.app.request('/oauth/tokens', init))
  }

  function exchange(code: string, more: More = {}) {
    const usual = { code, redirect_uri: CALLBACK, code_verifier: VERIFIER }
    return ask({ ...SECRET, grant_type: 'authorization_code', ...usual, ...more })
  }

  async function api(token: string, method: string, path: string) {
    const headers = { authorization: `Bearer ${token}` }
    const response = await zendesk.app.request(`/api/v2${path}`, { method, headers })
    const text = await response.text()
    return { status: response.status, body: text === '' ? null : JSON.parse(text) }
  }

  return {
    world,
    zendesk,
    consents,
    ask,
    exchange,
    api,
    connect: async (more: More = {}) => (await exchange(await consents(), more)).body,
    refresh: (refresh_token: string, more: More = {}) =>
      ask({ ...SECRET, grant_type: 'refresh_token', refresh_token, ...more }),
  }
}
