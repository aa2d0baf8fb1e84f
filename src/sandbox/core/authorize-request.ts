import type { OauthClientRegistration } from './oauth-client.ts'
import { isChallenge } from './pkce.ts'

/** Somebody who can consent: a signed-in user, or an account. */
export type Choice<Subject> = {
  readonly value: string
  readonly label: string
  readonly subject: Subject
}

export type AuthorizeRules<Subject> = {
  readonly client: OauthClientRegistration
  /** Whether a request without a code challenge is refused. */
  readonly needsPkce: () => boolean
  /** The scopes that would be granted; null refuses with `invalid_scope`. */
  readonly scopesOf: (asked: string) => readonly string[] | null
  /** Who can consent; the first unless the request names another by `chooser`. */
  readonly choices: () => readonly Choice<Subject>[]
  readonly chooser: string
}

export type AuthorizeRequest<Subject> =
  | {
      readonly kind: 'sound'
      readonly choice: Choice<Subject>
      readonly scopes: readonly string[]
      readonly redirectUri: string
      readonly challenge: string | null
    }
  /** Shown to the person; a client that is not known must never get a browser sent to it. */
  | { readonly kind: 'unsafe'; readonly complaint: string }
  | { readonly kind: 'refused'; readonly redirectUri: string; readonly error: string }

/** Reads an authorization request. Errors beyond client and redirect_uri go back to the client. */
export function readAuthorizeRequest<Subject>(
  rules: AuthorizeRules<Subject>,
  given: URLSearchParams,
): AuthorizeRequest<Subject> {
  const redirectUri = given.get('redirect_uri') ?? ''
  if (given.get('client_id') !== rules.client.current().id) return unsafe('No such client')
  if (!rules.client.mayRedirectTo(redirectUri)) return unsafe('Invalid redirect_uri')
  const choice = findChoice(rules, given.get(rules.chooser) ?? '')
  if (choice === null) return unsafe(`Nobody here is called ${given.get(rules.chooser)}`)

  const refused = (error: string) => ({ kind: 'refused' as const, redirectUri, error })
  if (given.get('response_type') !== 'code') return refused('unsupported_response_type')
  const challenge = given.get('code_challenge')
  if (challenge === null ? rules.needsPkce() : !isS256(given)) return refused('invalid_request')
  const scopes = rules.scopesOf(given.get('scope') ?? '')
  if (scopes === null) return refused('invalid_scope')
  return { kind: 'sound', choice, scopes, redirectUri, challenge }
}

/** By its value, or by how its label begins. */
function findChoice<Subject>(
  { choices }: AuthorizeRules<Subject>,
  given: string,
): Choice<Subject> | null {
  const wanted = given.toLowerCase()
  const exact = choices().find(({ value }) => value.toLowerCase() === wanted)
  return exact ?? choices().find(({ label }) => label.toLowerCase().startsWith(wanted)) ?? null
}

/** Without a method RFC 7636 means `plain`, which neither platform takes. */
function isS256(given: URLSearchParams): boolean {
  return (
    given.get('code_challenge_method') === 'S256' && isChallenge(given.get('code_challenge') ?? '')
  )
}

function unsafe(complaint: string) {
  return { kind: 'unsafe' as const, complaint }
}
