import { z } from 'zod'
import type { Instant } from '../kernel/instant.ts'
import type { Result } from '../kernel/result.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { toJsonOutcome } from '../outbound/json-outcome.ts'
import { type OauthToken, readOauthToken } from '../outbound/oauth-token.ts'
import { parseJson } from '../outbound/read-answer.ts'
import type { Outbound } from '../outbound/request.ts'
import { readZendeskError } from './api-error.ts'
import { neededId } from './wire.ts'

/** Everything is asked for; what a bridge needs of it is read and write. */
export const ZENDESK_SCOPES = ['read', 'write'] as const

/** An OAuth client of one account. A public one has no secret. */
export type ZendeskOauthClient = {
  /** Zendesk calls it the unique identifier. */
  readonly clientId: string
  readonly clientSecret: string | null
}

type Call = {
  readonly baseUrl: string
  readonly client: ZendeskOauthClient
  readonly outbound: Outbound
  readonly now: Instant
}

/**
 * The consent page of an account, for authorization code with PKCE (S256).
 * https://developer.zendesk.com/api-reference/ticketing/oauth/grant_type_tokens/
 */
export function zendeskConsentUrl(request: {
  readonly baseUrl: string
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
    scope: ZENDESK_SCOPES.join(' '),
    state: request.state,
    code_challenge: request.challenge,
    code_challenge_method: 'S256',
  })
  return `${request.baseUrl}/oauth/authorizations/new?${query}`
}

/** Exchanges a code, which lives 120 s and is good once. `refused` means that code, client or verifier is not accepted. */
export function exchangeZendeskCode(
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
    scope: ZENDESK_SCOPES.join(' '),
  })
}

/**
 * Renews. Zendesk ends both old tokens with it, so the new pair must be saved before it is used, and
 * one process at a time may do this.
 */
export function refreshZendeskToken(
  call: Call & { readonly refreshToken: string },
): Promise<Result<OauthToken, ApiProblem>> {
  return requestToken(call, { grant_type: 'refresh_token', refresh_token: call.refreshToken })
}

/** Gets a token for a confidential client; it acts as the person who made the client. Repeat at will. */
export function requestClientCredentialsToken(call: Call): Promise<Result<OauthToken, ApiProblem>> {
  return requestToken(call, {
    grant_type: 'client_credentials',
    scope: ZENDESK_SCOPES.join(' '),
  })
}

/**
 * Takes back the token's own grant, so that a connection that is not kept leaves none behind. Idempotent;
 * that it fails changes nothing, since the token ends by itself.
 * https://developer.zendesk.com/api-reference/ticketing/oauth/oauth_tokens/
 */
export async function revokeZendeskToken(call: {
  readonly baseUrl: string
  readonly outbound: Outbound
  readonly accessToken: string
}): Promise<void> {
  const headers = { accept: 'application/json', authorization: `Bearer ${call.accessToken}` }
  const tokens = `${call.baseUrl}/api/v2/oauth/tokens`
  const own = await call.outbound.send({ method: 'GET', url: `${tokens}/current`, headers })
  const body = own.ok ? parseJson(own.value.text) : null
  const read = body?.ok ? ownTokenSchema.safeParse(body.value) : null
  if (read?.success)
    await call.outbound.send({ method: 'DELETE', url: `${tokens}/${read.data.token.id}`, headers })
}

const ownTokenSchema = z.looseObject({ token: z.looseObject({ id: neededId() }) })

/**
 * No `expires_in` is sent: the page gives its unit as milliseconds in one place and seconds in
 * another. The answer's is taken as seconds.
 */
async function requestToken(
  { baseUrl, client, outbound, now }: Call,
  grant: Readonly<Record<string, string>>,
): Promise<Result<OauthToken, ApiProblem>> {
  const answer = await outbound.send({
    method: 'POST',
    url: `${baseUrl.replace(/\/+$/, '')}/oauth/tokens`,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({
      ...grant,
      client_id: client.clientId,
      ...(client.clientSecret === null ? {} : { client_secret: client.clientSecret }),
    }),
  })
  if (!answer.ok) return answer
  const outcome = toJsonOutcome(answer.value, now, readZendeskError)
  if (!outcome.ok) return outcome
  return readOauthToken(outcome.value, now)
}
