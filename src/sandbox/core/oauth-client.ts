/** What is registered at a platform for the OAuth app. */
type OauthClient = {
  /** Zendesk's "unique identifier". */
  readonly id: string
  readonly secret: string
  readonly name: string
  /** A public client can keep no secret. */
  readonly kind: 'confidential' | 'public'
  readonly redirectUris: 'loopback' | readonly string[]
  /** The widest scopes that it may ask for; null: every scope there is. */
  readonly scopes: readonly string[] | null
}

type ClientChange = Partial<Pick<OauthClient, 'kind' | 'redirectUris' | 'scopes'>>

export type OauthClientRegistration = {
  current(): OauthClient
  /** Compares whole addresses, as both platforms do. */
  mayRedirectTo(uri: string): boolean
  /** Changes the registration, or answers in words why not. */
  change(change: ClientChange): string | null
  reset(): void
}

/** What the control API needs of a platform's OAuth. */
export type EmulatedOauth = {
  readonly client: OauthClientRegistration
  /** Ends every access token that the client holds; answers how many. */
  expireAccessTokens(): number
  /** As when the app is removed: access and refresh tokens end. Answers how many grants ended. */
  revokeAll(): number
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

const SEEDED: OauthClient = {
  id: 'replyline',
  secret: 'replyline-secret',
  name: 'Replyline',
  kind: 'confidential',
  redirectUris: 'loopback',
  scopes: null,
}

/**
 * The client `replyline` that both platforms are seeded with.
 *
 * A convenience of the sandbox that no platform has: until redirect URIs are set, any http address
 * of this machine with the path `callbackPath` counts as registered, whatever its port.
 */
export function createOauthClient(options: {
  readonly callbackPath: string
  /** What the platform would say at registration, in words. */
  readonly complaintAboutScopes?: (scopes: readonly string[]) => string | null
}): OauthClientRegistration {
  let client = SEEDED

  return {
    current: () => client,

    mayRedirectTo: (uri) =>
      client.redirectUris === 'loopback'
        ? isLoopbackCallback(uri, options.callbackPath)
        : client.redirectUris.includes(uri),

    change(change) {
      const complaint =
        complaintAboutUris(change.redirectUris) ??
        options.complaintAboutScopes?.(change.scopes ?? []) ??
        null
      if (complaint === null) client = { ...client, ...change }
      return complaint
    },

    reset() {
      client = SEEDED
    },
  }
}

function isLoopbackCallback(uri: string, callbackPath: string): boolean {
  const url = parse(uri)
  if (url === null || url.protocol !== 'http:' || !LOOPBACK.includes(url.hostname)) return false
  return uri === `${url.origin}${callbackPath}`
}

/** https, or http on this machine; no fragment. */
function complaintAboutUris(uris: ClientChange['redirectUris'] = 'loopback'): string | null {
  if (uris === 'loopback') return null
  const wrong = uris.find((uri) => !mayBeRegistered(uri))
  return wrong === undefined ? null : `${wrong} must be an https address, or http on loopback`
}

function mayBeRegistered(uri: string): boolean {
  const url = parse(uri)
  if (url === null || uri.includes('#')) return false
  const isLocal = url.protocol === 'http:' && LOOPBACK.includes(url.hostname)
  return url.protocol === 'https:' || isLocal
}

function parse(uri: string): URL | null {
  return URL.canParse(uri) ? new URL(uri) : null
}
