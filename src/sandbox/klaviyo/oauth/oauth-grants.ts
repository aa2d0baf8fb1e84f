import { answersChallenge, isVerifier } from '../../core/pkce.ts'
import type { Answer } from '../api/errors.ts'
import type { IssuedTokens, KlaviyoOauth } from './oauth.ts'

export type TokenRequest = {
  readonly authorization: string | undefined
  readonly form: URLSearchParams
}

/**
 * One request of the token endpoint. That `invalid_grant` is a 400 is known; the other codes and
 * all words are inferred from Klaviyo's troubleshooting page, which quotes some of them [I].
 * https://developers.klaviyo.com/en/docs/troubleshoot_oauth_errors
 */
export function grantTokens(oauth: KlaviyoOauth, { authorization, form }: TokenRequest): Answer {
  if (!isClient(oauth, authorization)) return refuseClient()
  const grant = form.get('grant_type')
  if (grant === 'authorization_code') return exchangeCode(oauth, form)
  if (grant === 'refresh_token') return refresh(oauth, form)
  return refuseOauth('unsupported_grant_type')
}

/** Answers 200 also for what is no token, as RFC 7009 wants [I]. */
export function revokeToken(oauth: KlaviyoOauth, { authorization, form }: TokenRequest): Answer {
  if (!isClient(oauth, authorization)) return refuseClient()
  const token = form.get('token')
  if (token === null) return refuseOauth('invalid_request', 'Missing "token" in request.')
  oauth.revoke(token)
  return { status: 200, body: {} }
}

/** Whether a failed exchange uses the code up is not known; here it does [I]. */
function exchangeCode(oauth: KlaviyoOauth, form: URLSearchParams): Answer {
  const verifier = form.get('code_verifier') ?? ''
  if (!isVerifier(verifier)) return refuseOauth('invalid_request', 'Invalid "code_verifier"')
  const grant = oauth.codes.take(form.get('code') ?? '')
  if (grant === null) return refuseOauth('invalid_grant', 'Invalid "code" in request.')
  if (grant.redirectUri !== form.get('redirect_uri')) {
    return refuseOauth('invalid_grant', 'Invalid "redirect_uri" in request.')
  }
  if (!answersChallenge(verifier, grant.challenge ?? '')) {
    return refuseOauth('invalid_grant', 'Code challenge failed.')
  }
  return toAnswer(oauth.issue(grant.subject, grant.scopes))
}

function refresh(oauth: KlaviyoOauth, form: URLSearchParams): Answer {
  const tokens = oauth.refresh(form.get('refresh_token') ?? '')
  return tokens === null ? refuseOauth('invalid_grant') : toAnswer(tokens)
}

function toAnswer({ accessToken, expiresInSeconds, refreshToken, scopes }: IssuedTokens): Answer {
  const body = {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: expiresInSeconds,
    refresh_token: refreshToken,
    scope: scopes.join(' '),
  }
  return { status: 200, body }
}

function isClient({ client }: KlaviyoOauth, authorization = ''): boolean {
  const { id, secret } = client.current()
  const given = /^Basic\s+(\S+)$/i.exec(authorization)?.[1] ?? ''
  return Buffer.from(given, 'base64').toString() === `${id}:${secret}`
}

function refuseClient(): Answer {
  return { ...refuseOauth('invalid_client'), status: 401 }
}

function refuseOauth(error: string, error_description?: string): Answer {
  const words = error_description === undefined ? {} : { error_description }
  return { status: 400, body: { error, ...words } }
}
