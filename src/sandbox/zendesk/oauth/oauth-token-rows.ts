import { randomBytes } from 'node:crypto'
import type { SandboxClock } from '../../core/clock.ts'
import { toWireTime } from '../api/wire.ts'
import type { OauthToken, User } from '../entities/people.ts'
import type { ZendeskStore } from '../store.ts'
import type { Lifetimes } from './oauth-lifetimes.ts'

export type NewToken = {
  readonly user: User
  readonly scopes: readonly string[]
  readonly lifetimes: Lifetimes
  readonly canRefresh: boolean
}

/** The client's row number, which tokens name; its unique identifier is `replyline`. */
const CLIENT_NUMBER = 41_001

/** Gives out a token as Zendesk keeps it: one row holds an access token and its refresh token. */
export function issueToken(
  store: ZendeskStore,
  clock: SandboxClock,
  { user, scopes, lifetimes, canRefresh }: NewToken,
): OauthToken {
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

/** Ends a token with its refresh token. */
export function revokeToken({ tokens, tokensByRefresh }: ZendeskStore, token: OauthToken): void {
  tokens.delete(token.token)
  if (token.refresh !== null) tokensByRefresh.delete(token.refresh.token)
}

function secret(): string {
  return randomBytes(32).toString('hex')
}
