import { randomBytes } from 'node:crypto'
import {
  type AuthorizationCodes,
  createAuthorizationCodes,
} from '../../core/authorization-codes.ts'
import type { SandboxClock } from '../../core/clock.ts'
import { createOauthClient, type EmulatedOauth } from '../../core/oauth-client.ts'
import type { Account } from '../entities.ts'
import type { Switches } from '../switches/switches.ts'

/** The app in one account with what its owner consented to, and the tokens that follow from it. */
type Grant = {
  readonly account: Account
  readonly scopes: readonly string[]
  refreshToken: string
  /** A refresh token that nobody uses for 90 days is revoked. */
  lastUsedAt: number
  readonly accessTokens: Map<string, number>
}

export type IssuedTokens = {
  readonly accessToken: string
  readonly expiresInSeconds: number
  readonly refreshToken: string
  readonly scopes: readonly string[]
}

export type KlaviyoOauth = EmulatedOauth & {
  readonly codes: AuthorizationCodes<Account>
  /** Installs the app, or installs it again: earlier grants of the account stay [?]. */
  issue(account: Account, scopes: readonly string[]): IssuedTokens
  /** Null: unknown, rotated away, revoked, or unused for too long. */
  refresh(refreshToken: string): IssuedTokens | null
  findAccess(token: string): { account: Account; scopes: ReadonlySet<string> } | null
  /** A refresh token takes its access tokens along; an access token goes alone [I]. */
  revoke(token: string): void
  reset(): void
}

const CODE_LIFE_MS = 5 * 60_000
const ACCESS_LIFE_S = 3_600
const UNUSED_LIFE_MS = 90 * 24 * 3_600_000

export function createKlaviyoOauth(clock: SandboxClock, switches: Switches): KlaviyoOauth {
  const client = createOauthClient({ callbackPath: '/oauth/klaviyo/callback' })
  const codes = createAuthorizationCodes<Account>(clock, CODE_LIFE_MS)
  const grants = new Set<Grant>()

  const isUsable = (grant: Grant) => clock.now() - grant.lastUsedAt < UNUSED_LIFE_MS
  const findByRefresh = (token: string) =>
    [...grants].find((grant) => grant.refreshToken === token && isUsable(grant)) ?? null

  function newTokens(grant: Grant): IssuedTokens {
    const accessToken = secret()
    grant.lastUsedAt = clock.now()
    grant.accessTokens.set(accessToken, clock.now() + ACCESS_LIFE_S * 1_000)
    const { refreshToken, scopes } = grant
    return { accessToken, expiresInSeconds: ACCESS_LIFE_S, refreshToken, scopes }
  }

  return {
    client,
    codes,

    issue(account, scopes) {
      const refreshToken = secret()
      const grant = { account, scopes, refreshToken, lastUsedAt: 0, accessTokens: new Map() }
      grants.add(grant)
      return newTokens(grant)
    },

    refresh(refreshToken) {
      const grant = findByRefresh(refreshToken)
      if (grant === null) return null
      // Whether access tokens given before end with it is not known; here they live on [?].
      if (switches.refreshRotation() === 'on') grant.refreshToken = secret()
      return newTokens(grant)
    },

    findAccess(token) {
      const grant = [...grants].find(({ accessTokens }) => accessTokens.has(token))
      const endsAt = grant?.accessTokens.get(token) ?? 0
      if (grant === undefined || endsAt <= clock.now()) return null
      return { account: grant.account, scopes: new Set(grant.scopes) }
    },

    revoke(token) {
      for (const grant of grants) {
        if (grant.refreshToken === token) grants.delete(grant)
        grant.accessTokens.delete(token)
      }
    },

    expireAccessTokens() {
      const living = [...grants].flatMap(({ accessTokens }) =>
        [...accessTokens.values()].filter((endsAt) => endsAt > clock.now()),
      )
      for (const { accessTokens } of grants) accessTokens.clear()
      return living.length
    },

    revokeAll() {
      const { size } = grants
      grants.clear()
      codes.clear()
      return size
    },

    reset() {
      client.reset()
      grants.clear()
      codes.clear()
    },
  }
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}
