import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call } from '../../../src/sandbox/sandbox-for-tests.ts'
import {
  type Json,
  refusal,
  result,
  startVendorSandbox,
  type VendorSandbox,
} from './vendor-client.ts'

const CALLBACK = 'http://127.0.0.1:3000/oauth/zendesk/callback'
const VERIFIER = 'the-verifier-is-forty-three-characters-long-or-more'
const CLIENT = { client_id: 'replyline', client_secret: 'replyline-secret' }
const CONSENT = {
  response_type: 'code',
  client_id: 'replyline',
  redirect_uri: CALLBACK,
  scope: 'read write',
  state: 'state-1',
  code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
  code_challenge_method: 'S256',
}

let vendor: VendorSandbox
beforeAll(async () => {
  vendor = await startVendorSandbox('signing in')
})
afterAll(() => vendor.close())

const page = () => `${vendor.url}/oauth/authorizations/new`
const tokens = async (body: object): Promise<{ status: number; body: Json }> =>
  call(`${vendor.url}/oauth/tokens`, 'POST', { ...CLIENT, ...body }, {})

/** What somebody of the staff does in the browser; the address that it is sent back to. */
async function allows(): Promise<URL> {
  const opened = await fetch(`${page()}?${new URLSearchParams(CONSENT)}`)
  expect([opened.status, await opened.text()]).toEqual([200, expect.stringContaining('Replyline')])
  const body = new URLSearchParams({ ...CONSENT, decision: 'allow', as: 'agent@example.com' })
  const answer = await fetch(page(), { method: 'POST', body, redirect: 'manual' })
  return new URL(answer.headers.get('location') ?? 'none:')
}

const exchange = (code: string, code_verifier = VERIFIER) =>
  tokens({ grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier })

describe('signing in to Zendesk, which node-zendesk leaves to others', () => {
  it('goes over a page, a code and PKCE, and what was given acts as whoever consented', async () => {
    const back = await allows()
    expect([`${back.origin}${back.pathname}`, back.searchParams.get('state')]).toEqual([
      CALLBACK,
      'state-1',
    ])
    const given = await exchange(back.searchParams.get('code') ?? '')
    expect(given.body).toMatchObject({ token_type: 'bearer', scope: 'read write' })
    const client = vendor.clientOfToken(given.body.access_token)
    expect(await result(client.users.me())).toMatchObject({ email: 'agent@example.com' })
  })

  it('with another verifier, or twice, gives nothing', async () => {
    const code = (await allows()).searchParams.get('code') ?? ''
    const wrong = await exchange(code, 'another-verifier-that-is-just-as-long-as-the-first')
    expect([wrong.status, wrong.body.error]).toEqual([400, 'invalid_grant'])
    expect((await exchange(code)).body.error).toBe('invalid_grant')
  })

  it('is renewed by a refresh, which ends both tokens before it', async () => {
    const first = (await exchange((await allows()).searchParams.get('code') ?? '')).body
    const renewal = { grant_type: 'refresh_token', refresh_token: first.refresh_token }
    const second = (await tokens({ ...renewal, expires_in: 600 })).body
    expect(second).toMatchObject({ expires_in: 600, refresh_token: expect.any(String) })
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect((await tokens(renewal)).body.error).toBe('invalid_grant')
    const old = await refusal(vendor.clientOfToken(first.access_token).users.me())
    expect([old.statusCode, old.result.error]).toEqual([401, 'invalid_token'])
  })
})
