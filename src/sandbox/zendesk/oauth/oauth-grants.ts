import { answersChallenge } from '../../core/pkce.ts'
import { isProblem, oauthError, type Problem } from '../api/errors.ts'
import { asText, type Fields } from '../api/wire.ts'
import type { ZendeskParts } from '../emulator.ts'
import type { OauthToken } from '../entities/people.ts'
import { findUserByEmail } from '../store.ts'
import { type Lifetimes, lifetimesOf } from './oauth-lifetimes.ts'
import { grantScopes } from './oauth-scopes.ts'

type Grant = (parts: ZendeskParts, given: Fields, lifetimes: Lifetimes) => OauthToken | Problem

const GRANTS: Readonly<Record<string, Grant>> = {
  authorization_code: exchangeCode,
  refresh_token: refresh,
  client_credentials: actAsOwner,
}

/** The admin who made the client, as whom `client_credentials` acts. */
const OWNER_EMAIL = 'admin@example.com'

/** Carries out one request of the token endpoint. */
export function grantToken(parts: ZendeskParts, given: Fields): OauthToken | Problem {
  const name = asText(given.grant_type) ?? ''
  const grant = Object.hasOwn(GRANTS, name) ? GRANTS[name] : undefined
  if (grant === undefined) {
    return oauthError('unsupported_grant_type', 'The authorization grant type is not supported')
  }
  if (!isClient(parts, given, name)) {
    return oauthError('invalid_client', 'Client authentication failed', 401)
  }
  const lifetimes = lifetimesOf(given)
  return isProblem(lifetimes) ? lifetimes : grant(parts, given, lifetimes)
}

/** A public client has no secret to send; `client_credentials` is not for it. */
function isClient({ oauth, doubts }: ZendeskParts, given: Fields, grant: string): boolean {
  const { id, secret, kind } = oauth.client.current()
  if (given.client_id !== id) return false
  if (given.client_secret !== undefined) return given.client_secret === secret
  const hasVerifier = grant === 'authorization_code' && given.code_verifier !== undefined
  const verifierIsEnough = hasVerifier && doubts.pkceNeedsSecret() === 'off'
  return verifierIsEnough || (kind === 'public' && grant !== 'client_credentials')
}

/** Whether a failed exchange uses the code up is not known; here it does [I]. */
function exchangeCode({ oauth }: ZendeskParts, given: Fields, lifetimes: Lifetimes) {
  const grant = oauth.codes.take(asText(given.code) ?? '')
  if (grant === null || grant.redirectUri !== given.redirect_uri) return invalidGrant()
  if (!isVerified(grant.challenge, asText(given.code_verifier))) return invalidGrant()
  const scopes = narrow(given, grant.scopes)
  if (isProblem(scopes)) return scopes
  return oauth.issue({ user: grant.subject, scopes, lifetimes, canRefresh: true })
}

/** A verifier that nobody asked for is refused, as RFC 9700 wants; Zendesk's answer is unknown [I]. */
function isVerified(challenge: string | null, verifier: string | null): boolean {
  if (challenge === null || verifier === null) return challenge === verifier
  return answersChallenge(verifier, challenge)
}

/** Rotates: the old access and refresh token end at once, and the old one's reuse harms nobody. */
function refresh({ oauth, store }: ZendeskParts, given: Fields, lifetimes: Lifetimes) {
  const old = oauth.findByRefresh(asText(given.refresh_token) ?? '')
  const user = store.users.get(old?.user_id ?? 0)
  if (old === null || user === undefined) return invalidGrant()
  const scopes = narrow(given, old.scopes)
  if (isProblem(scopes)) return scopes
  oauth.revoke(old)
  return oauth.issue({ user, scopes, lifetimes, canRefresh: true })
}

function actAsOwner({ oauth, store }: ZendeskParts, given: Fields, lifetimes: Lifetimes) {
  const scopes = grantScopes(asText(given.scope) ?? 'read write', oauth.client.current().scopes)
  if (scopes === null) return invalidScope()
  const user = findUserByEmail(store, OWNER_EMAIL)
  if (user === null) return oauthError('invalid_client', 'The client has no owner')
  return oauth.issue({ user, scopes, lifetimes, canRefresh: false })
}

/** A token may hold less than what was consented to, never more [I]. */
function narrow(given: Fields, consented: readonly string[]): readonly string[] | Problem {
  const asked = asText(given.scope)
  return asked === null ? consented : (grantScopes(asked, consented) ?? invalidScope())
}

function invalidScope(): Problem {
  return oauthError('invalid_scope', 'The requested scope is invalid')
}

/** The code is proven; the words are not [I]. */
function invalidGrant(): Problem {
  return oauthError(
    'invalid_grant',
    'The provided authorization grant is invalid, expired or revoked',
  )
}
