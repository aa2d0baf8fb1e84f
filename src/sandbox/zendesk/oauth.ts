import { randomBytes } from 'node:crypto'
import { type AuthorizationCodes, createAuthorizationCodes } from '../core/authorization-codes.ts'
import { createOauthClient, type EmulatedOauth } from '../core/oauth-client.ts'
import type { World } from '../world.ts'
import type { OauthToken, User } from './entities.ts'
import type { Lifetimes } from './oauth-lifetimes.ts'
import { complaintAboutScopes } from './oauth-scopes.ts'
import type { ZendeskStore } from './store.ts'
import { toWireTime } from './wire.ts'

type NewToken = {
  readonly user: User
  readonly scopes: readonly string[]
  readonly lifetimes: Lifetimes
  readonly canRefresh: boolean
}

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

/** The client's row number, which tokens name; its unique identifier is `replyline`. */
const CLIENT_NUMBER = 41_001

/** Tokens as Zendesk keeps them: one row holds an access token and its refresh token. */
export function createZendeskOauth({ clock }: World, store: ZendeskStore): ZendeskOauth {
  const client = createOauthClient({
    callbackPath: '/oauth/zendesk/callback',
    complaintAboutScopes,
  })
  const codes = createAuthorizationCodes<User>(clock, CODE_LIFE_MS)
  const held = () => [...store.tokens.values()].filter(({ clientId }) => clientId !== null)

  function issue({ user, scopes, lifetimes, canRefresh }: NewToken): OauthToken {
    const now = clock.now()
    const refresh = { token: secret(), expiresAt: now + lifetimes.refresh * 1_000 }
    const token: OauthToken = {
      id: store.nextId(),
      token: secret(),
      user_id: user.id,
      scopes: [...scopes],
      created_at: toWireTime(now),
      expiresAt: now + lifetimes.access * 1_000,
      clientId: CLIENT_NUMBER,
      refresh: canRefresh ? refresh : null,
    }
    store.tokens.set(token.token, token)
    if (canRefresh) store.tokensByRefresh.set(refresh.token, token)
    return token
  }

  function revoke(token: OauthToken): void {
    store.tokens.delete(token.token)
    if (token.refresh !== null) store.tokensByRefresh.delete(token.refresh.token)
  }

  return {
    client,
    codes,
    issue,
    revoke,

    findByRefresh(refreshToken) {
      const token = store.tokensByRefresh.get(refreshToken)
      return token?.refresh != null && token.refresh.expiresAt > clock.now() ? token : null
    },

    expireAccessTokens() {
      const living = held().filter(({ expiresAt }) => (expiresAt ?? Infinity) > clock.now())
      for (const token of living) token.expiresAt = clock.now()
      return living.length
    },

    revokeAll() {
      const all = held()
      for (const token of all) revoke(token)
      codes.clear()
      return all.length
    },

    reset() {
      client.reset()
      codes.clear()
    },
  }
}

function secret(): string {
  return randomBytes(32).toString('hex')
}
