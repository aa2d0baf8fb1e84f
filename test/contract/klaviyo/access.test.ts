import { type CreatedTokens, OAuthApi, OAuthSession, Pkce } from 'klaviyo-api'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type ContractSandbox,
  createSdk,
  keySession,
  refusalOf,
  startContractSandbox,
} from './contract-sandbox.ts'
import { holdAnswersToSpec } from './held-to-spec.ts'

const CALLBACK = 'http://127.0.0.1:3000/oauth/klaviyo/callback'

let contract: ContractSandbox
beforeAll(async () => {
  contract = await startContractSandbox()
})
beforeEach(() => contract.control('POST', '/reset'))
afterAll(async () => {
  await contract.close()
  holdAnswersToSpec('access and limits', contract.exchanges)
})

describe("Klaviyo's SDK with a private key", () => {
  it('reads the account of its key', async () => {
    const { body } = await createSdk(contract.url).accounts.getAccounts()
    expect(body.data.map(({ id }) => id)).toEqual(['NRDLYS'])
    const fjell = createSdk(contract.url, keySession('pk_sandbox_fjell'))
    const account = (await fjell.accounts.getAccount('FJELLS')).body.data
    expect(account.attributes.contactInformation.organizationName).toBe('Fjell')
  })

  it('is refused with a key that nobody has', async () => {
    const sdk = createSdk(contract.url, keySession('pk_wrong'))
    expect(await refusalOf(sdk.accounts.getAccounts())).toMatchObject({
      status: 401,
      code: 'authentication_failed',
    })
  })
})

describe("Klaviyo's SDK at a limit", () => {
  it('is throttled, and told for how long', async () => {
    const { accounts } = createSdk(contract.url)
    const { response } = await accounts.getAccounts()
    expect(response.headers).toMatchObject({ 'ratelimit-limit': '15', 'ratelimit-remaining': '14' })
    const refused = await accounts.getAccounts().catch((error) => error.response)
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '1'])
    expect(refused.data.errors[0]).toMatchObject({
      code: 'throttled',
      detail: 'Request was throttled. Expected available in 1 second.',
    })
    expect(refused.headers).not.toHaveProperty('ratelimit-remaining')
  })

  it('gets through by its own retries', async () => {
    const { accounts } = createSdk(contract.url, keySession('pk_sandbox', 5))
    await accounts.getAccounts()
    expect((await accounts.getAccounts()).response.status).toBe(200)
    const statuses = contract.exchanges.slice(-3).map(({ status }) => status)
    expect(statuses).toEqual([200, 429, 200])
  })

  it('shares the limits with the other keys of the account, not with other accounts', async () => {
    await createSdk(contract.url).accounts.getAccounts()
    const fjell = createSdk(contract.url, keySession('pk_sandbox_fjell'))
    expect((await fjell.accounts.getAccounts()).response.status).toBe(200)
  })
})

/** The SDK's own OAuth, told nothing but other addresses. */
class SandboxOauth extends OAuthApi {
  protected override authorizeUrl = `${contract.url}/oauth/authorize`
  protected override tokenUrl = `${contract.url}/oauth/token`
}

async function connect(scope = 'accounts:read events:read') {
  const kept = new Map<string, CreatedTokens>()
  const oauth = new SandboxOauth('replyline', 'replyline-secret', {
    retrieve: (id) => kept.get(id) as CreatedTokens,
    save: (id, tokens) => {
      kept.set(id, tokens)
    },
  })
  const { codeVerifier, codeChallenge } = Pkce.generateCodes()
  const url = oauth.generateAuthorizeUrl('state-1', scope, codeChallenge, CALLBACK)
  const code = await allow(url)
  return { kept, oauth, codeVerifier, code }
}

/** What the owner of the account does in the browser. */
async function allow(url: string): Promise<string> {
  const page = await (await fetch(url)).text()
  const [allowing = ''] = page.split('</form>')
  const fields = allowing.matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)
  const form = new URLSearchParams()
  for (const [, name = '', value = ''] of fields) form.set(name, value)
  form.set('account', 'NRDLYS')
  const answer = await fetch(url, { method: 'POST', body: form, redirect: 'manual' })
  const back = new URL(answer.headers.get('location') ?? 'http://nowhere')
  return back.searchParams.get('code') ?? `no code: ${back}`
}

describe("Klaviyo's SDK with OAuth", () => {
  it('exchanges the code, calls with the token, and renews it when it has ended', async () => {
    const { kept, oauth, codeVerifier, code } = await connect()
    const first = await oauth.createTokens('shop', codeVerifier, code, CALLBACK)
    const { accounts, events } = createSdk(contract.url, new OAuthSession('shop', oauth))
    expect((await accounts.getAccounts()).body.data[0]?.id).toBe('NRDLYS')
    await contract.control('POST', '/oauth/expire', { platform: 'klaviyo' })
    expect((await events.getEvents()).response.status).toBe(200)
    expect(kept.get('shop')?.accessToken).not.toBe(first.accessToken)
    expect(kept.get('shop')?.refreshToken).not.toBe(first.refreshToken)
  })

  it('is refused what its scopes do not name', async () => {
    const { oauth, codeVerifier, code } = await connect()
    await oauth.createTokens('shop', codeVerifier, code, CALLBACK)
    const { profiles } = createSdk(contract.url, new OAuthSession('shop', oauth))
    expect(await refusalOf(profiles.getProfiles())).toMatchObject({
      status: 403,
      code: 'permission_denied',
    })
  })

  it('cannot use a code with another verifier, nor twice', async () => {
    const { oauth, code } = await connect()
    const other = Pkce.generateCodes().codeVerifier
    const wrong = oauth.createTokens('shop', other, code, CALLBACK)
    await expect(wrong).rejects.toMatchObject({
      name: 'CREATE_TOKEN_ERROR',
      message: 'invalid_grant',
    })
    const again = await connect()
    await again.oauth.createTokens('shop', again.codeVerifier, again.code, CALLBACK)
    const twice = again.oauth.createTokens('shop', again.codeVerifier, again.code, CALLBACK)
    await expect(twice).rejects.toMatchObject({ message: 'invalid_grant' })
  })

  it('ends its tokens by revoking the refresh token, for which the SDK has no call', async () => {
    const { oauth, codeVerifier, code, kept } = await connect()
    await oauth.createTokens('shop', codeVerifier, code, CALLBACK)
    const { refreshToken = '' } = kept.get('shop') ?? {}
    const body = new URLSearchParams({ token: refreshToken, token_type_hint: 'refresh_token' })
    const headers = { authorization: `Basic ${btoa('replyline:replyline-secret')}` }
    const answer = await fetch(`${contract.url}/oauth/revoke`, { method: 'POST', headers, body })
    expect(answer.status).toBe(200)
    const { accounts } = createSdk(contract.url, new OAuthSession('shop', oauth))
    await expect(accounts.getAccounts()).rejects.toMatchObject({ message: 'invalid_grant' })
  })

  it('learns that the app was uninstalled', async () => {
    const { oauth, codeVerifier, code } = await connect()
    await oauth.createTokens('shop', codeVerifier, code, CALLBACK)
    await contract.control('POST', '/oauth/revoke', { platform: 'klaviyo' })
    const { accounts } = createSdk(contract.url, new OAuthSession('shop', oauth))
    await expect(accounts.getAccounts()).rejects.toMatchObject({
      name: 'REFRESH_TOKEN_ERROR',
      message: 'invalid_grant',
    })
  })
})
