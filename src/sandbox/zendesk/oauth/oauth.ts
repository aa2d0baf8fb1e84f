import {
  type AuthorizationCodes,
  createAuthorizationCodes,
} from '../../core/authorization-codes.ts'
import { createOauthClient, type EmulatedOauth } from '../../core/oauth-client.ts'
import type { World } from '../../world.ts'
import type { OauthToken, User } from '../entities/people.ts'
import type { ZendeskStore } from '../store.ts'
import { complaintAboutScopes } from './oauth-scopes.ts'
import { issueToken, type NewToken, revokeToken } from './oauth-token-rows.ts'

export type ZendeskOauth = EmulatedOauth & {
  readonly codes: AuthorizationCodes<User>
  issue(wanted: NewToken): OauthToken
  /** Null: unknown, used before, revoked, or over its life. */
  findByRefresh(refreshToken: string): OauthToken | null
  /** Ends a token with its refresh token. */
  revoke(token: OauthToken): void
  reset(): void
}

const CODE_LIFE_MS = 120_000

export function createZendeskOauth({ clock }: World, store: ZendeskStore): ZendeskOauth {
  const callbackPath = '/oauth/zendesk/callback'
  const client = createOauthClient({ callbackPath, complaintAboutScopes })
  const codes = createAuthorizationCodes<User>(clock, CODE_LIFE_MS)
  const held = () => [...store.tokens.values()].filter(({ clientId }) => clientId !== null)

  return {
    client,
    codes,
    issue: (wanted) => issueToken(store, clock, wanted),
    revoke: (token) => revokeToken(store, token),
    findByRefresh: (refreshToken) => findByRefresh(store, refreshToken, clock.now()),

    expireAccessTokens() {
      const living = held().filter(({ expiresAt }) => (expiresAt ?? Infinity) > clock.now())
      for (const token of living) token.expiresAt = clock.now()
      return living.length
    },

    revokeAll() {
      const all = held()
      for (const token of all) revokeToken(store, token)
      codes.clear()
      return all.length
    },

    reset() {
      client.reset()
      codes.clear()
    },
  }
}

function findByRefresh({ tokensByRefresh }: ZendeskStore, refreshToken: string, now: number) {
  const token = tokensByRefresh.get(refreshToken)
  return token?.refresh != null && token.refresh.expiresAt > now ? token : null
}
