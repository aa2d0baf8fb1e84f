import type { Instant } from '../kernel/instant.ts'
import type { Result } from '../kernel/result.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { toJsonOutcome } from '../outbound/json-outcome.ts'
import { type OauthToken, readOauthToken } from '../outbound/oauth-token.ts'
import type { HttpAnswer, Outbound } from '../outbound/request.ts'
import { readKlaviyoError } from './api-error.ts'

/** What a bridge does in an account, by the scopes that Klaviyo's API description names for each call. */
export const KLAVIYO_SCOPES = [
  'accounts:read',
  'conversations:read',
  'conversations:write',
  'events:read',
  'events:write',
  'metrics:read',
  'profiles:read',
  'profiles:write',
  'webhooks:read',
  'webhooks:write',
] as const

/** The app that the operator registered with Klaviyo. */
export type KlaviyoOauthClient = { readonly clientId: string; readonly clientSecret: string }

type Call = {
  /** `https://a.klaviyo.com` */
  readonly baseUrl: string
  readonly client: KlaviyoOauthClient
  readonly outbound: Outbound
  readonly now: Instant
}

/**
 * Klaviyo's consent page, for authorization code with PKCE (S256, which it demands).
 * https://developers.klaviyo.com/en/docs/set_up_oauth
 */
export function klaviyoConsentUrl(request: {
  /** `https://www.klaviyo.com` */
  readonly wwwUrl: string
  readonly clientId: string
  readonly redirectUri: string
  readonly state: string
  /** base64url of the verifier's SHA-256. */
  readonly challenge: string
}): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    scope: KLAVIYO_SCOPES.join(' '),
    state: request.state,
    code_challenge: request.challenge,
    code_challenge_method: 'S256',
  })
  return `${request.wwwUrl}/oauth/authorize?${query}`
}

/** Exchanges a code, which lives five minutes and is good once. */
export function exchangeKlaviyoCode(
  call: Call & {
    readonly code: string
    readonly verifier: string
    readonly redirectUri: string
  },
): Promise<Result<OauthToken, ApiProblem>> {
  return requestToken(call, {
    grant_type: 'authorization_code',
    code: call.code,
    code_verifier: call.verifier,
    redirect_uri: call.redirectUri,
  })
}

/** Renews. `refused` with the code `invalid_grant`: uninstalled, revoked, or unused for 90 days. */
export function refreshKlaviyoToken(
  call: Call & { readonly refreshToken: string },
): Promise<Result<OauthToken, ApiProblem>> {
  return requestToken(call, { grant_type: 'refresh_token', refresh_token: call.refreshToken })
}

/** Takes back what was granted, so that a connection that is not kept leaves no token behind. Idempotent. */
export function revokeKlaviyoToken(
  call: Call & { readonly token: string },
): Promise<Result<HttpAnswer, ApiProblem>> {
  return post(call, 'revoke', { token: call.token })
}

async function requestToken(
  call: Call,
  grant: Readonly<Record<string, string>>,
): Promise<Result<OauthToken, ApiProblem>> {
  const answer = await post(call, 'token', grant)
  if (!answer.ok) return answer
  const outcome = toJsonOutcome(answer.value, call.now, readKlaviyoError)
  if (!outcome.ok) return outcome
  return readOauthToken(outcome.value, call.now)
}

function post(
  { baseUrl, client, outbound }: Call,
  path: 'token' | 'revoke',
  form: Readonly<Record<string, string>>,
): Promise<Result<HttpAnswer, ApiProblem>> {
  const basic = Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64')
  return outbound.send({
    method: 'POST',
    url: `${baseUrl}/oauth/${path}`,
    headers: {
      accept: 'application/json',
      authorization: `Basic ${basic}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams(form).toString(),
  })
}
