import { beforeEach, describe, expect, it } from 'vitest'
import { CHALLENGE, createBrowser, STATE } from '../../oauth-for-tests.ts'
import { createWorld } from '../../world.ts'
import { createZendeskEmulator, type ZendeskEmulator } from '../app.ts'

const PATH = '/oauth/authorizations/new'
const CALLBACK = 'http://127.0.0.1:3000/oauth/zendesk/callback'

let zendesk: ZendeskEmulator
let browser: ReturnType<typeof createBrowser>

beforeEach(() => {
  zendesk = createZendeskEmulator(createWorld())
  browser = createBrowser(zendesk.app, PATH, {
    response_type: 'code',
    client_id: 'replyline',
    redirect_uri: CALLBACK,
    scope: 'read write',
    state: STATE,
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
  })
})

describe("Zendesk's consent page", () => {
  it('names the app, the scopes and who is signed in', async () => {
    const response = await browser.opens()
    const page = await response.text()
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=UTF-8',
    ])
    expect(page).toContain('Allow Replyline to use your Zendesk account?')
    expect(page).toContain('<code>read</code>')
    expect(page).toContain('<code>write</code>')
    expect(page).toContain('selected>Ada Admin (admin@example.com)')
  })

  it('is shown to another agent when asked', async () => {
    const page = await (await browser.opens({ as: 'agent@example.com' })).text()
    expect(page).toContain('selected>Alva Agent (agent@example.com)')
  })

  it.each(['allow', 'deny'] as const)(
    'sends its %s form with the state untouched',
    async (form) => {
      const page = await (await browser.opens({ as: 'bo@example.com' })).text()
      const { status, at, said } = await browser.submits(page, form)
      expect([status, at, said.state]).toEqual([302, CALLBACK, STATE])
      const consented = zendesk.oauth.codes.take(said.code ?? '')?.subject.email
      expect(consented).toBe(form === 'allow' ? 'bo@example.com' : undefined)
      expect(said.error).toBe(form === 'allow' ? undefined : 'access_denied')
    },
  )

  it('answers a denial with an error and no code', async () => {
    const { said } = await browser.denies()
    expect(said).toMatchObject({ error: 'access_denied', state: STATE })
    expect(said).not.toHaveProperty('code')
  })

  it('gives back no state when none was sent', async () => {
    const { said } = await browser.allows({ state: null })
    expect(Object.keys(said)).toEqual(['code'])
  })

  it('leaves out scopes that Zendesk does not know', async () => {
    const page = await (await browser.opens({ scope: 'tickets:read nonsense' })).text()
    expect(page).toContain('<code>tickets:read</code>')
    expect(page).not.toContain('nonsense</code>')
  })

  it('runs nothing that a request smuggles in', async () => {
    const page = await (await browser.opens({ state: '"><script>x</script>' })).text()
    expect(page).not.toContain('<script>')
  })
})

describe('a request that cannot be trusted', () => {
  it.each([
    ['another client', { client_id: 'somebody' }],
    ['no client', { client_id: null }],
    ['no address', { redirect_uri: null }],
    ['a foreign address', { redirect_uri: 'https://evil.example/oauth/zendesk/callback' }],
    [
      'a host that only looks local',
      { redirect_uri: 'http://127.0.0.1.evil.example/oauth/zendesk/callback' },
    ],
    ['a name before the host', { redirect_uri: 'http://x@127.0.0.1/oauth/zendesk/callback' }],
    ['another path', { redirect_uri: 'http://127.0.0.1:3000/elsewhere' }],
    ["Klaviyo's path", { redirect_uri: 'http://127.0.0.1:3000/oauth/klaviyo/callback' }],
    ['a further query', { redirect_uri: `${CALLBACK}?x=1` }],
    ['a path in other words', { redirect_uri: 'http://127.0.0.1/x/../oauth/zendesk/callback' }],
    ['out-of-band', { redirect_uri: 'urn:ietf:wg:oauth:2.0:oob' }],
    ['an agent who is not there', { as: 'nobody@example.com' }],
  ])('for %s ends on a page and redirects nobody', async (_what, more) => {
    const response = await browser.opens(more)
    expect([response.status, response.headers.get('location')]).toEqual([400, null])
    expect(await response.text()).toContain('Invalid Authorization Request')
    expect((await browser.denies(more)).status).toBe(400)
    expect((await browser.allows(more)).status).toBe(400)
  })
})

describe('a request that is wrong', () => {
  it.each([
    ['response_type', { response_type: 'token' }, 'unsupported_response_type'],
    ['method', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['method that is missing', { code_challenge_method: null }, 'invalid_request'],
    ['challenge', { code_challenge: 'short' }, 'invalid_request'],
    ['scope', { scope: 'nonsense' }, 'invalid_scope'],
    ['scope that is missing', { scope: null }, 'invalid_scope'],
  ])('in its %s is sent back with the error', async (_what, more, error) => {
    for (const { status, at, said } of [await browser.allows(more), await browser.denies(more)]) {
      expect([status, at]).toEqual([302, CALLBACK])
      expect(said).toEqual({ error, state: STATE })
    }
  })

  it('beyond the ceiling of the client is sent back too', async () => {
    zendesk.oauth.client.change({ scopes: ['tickets:read', 'users:read'] })
    expect((await browser.allows()).said.error).toBe('invalid_scope')
    expect((await browser.allows({ scope: 'tickets:read' })).said).toHaveProperty('code')
  })

  it('for want of a challenge only from a public client', async () => {
    const bare = { code_challenge: null, code_challenge_method: null }
    expect((await browser.allows(bare)).said).toHaveProperty('code')
    zendesk.oauth.client.change({ kind: 'public' })
    expect((await browser.allows(bare)).said.error).toBe('invalid_request')
  })
})
