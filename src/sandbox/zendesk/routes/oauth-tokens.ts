import { Hono } from 'hono'
import type { ZendeskEnv, ZendeskParts } from '../emulator.ts'
import type { OauthToken } from '../entities.ts'
import { notFound, refuse } from '../errors.ts'
import { asId, toWireTime } from '../wire.ts'

/**
 * Showing and revoking tokens, under `/api/v2/oauth`.
 * https://developer.zendesk.com/api-reference/ticketing/oauth/oauth_tokens/
 */
export function tokenRoutes({ store, oauth }: ZendeskParts): Hono<ZendeskEnv> {
  const app = new Hono<ZendeskEnv>()

  app.get('/oauth/tokens/current', (c) => c.json({ token: presentToken(c.get('token')) }))

  app.delete('/oauth/tokens/:id', (c) => {
    const { id: userId, role } = c.get('user')
    const token = [...store.tokens.values()].find(({ id }) => id === asId(c.req.param('id')))
    // That only admins reach other people's tokens is inferred from the list's `all` parameter [I].
    const isReachable = token !== undefined && (role === 'admin' || token.user_id === userId)
    if (!isReachable) return refuse(c, notFound())
    oauth.revoke(token)
    return c.body(null, 204)
  })

  return app
}

/** Secrets are shown by their first ten characters. */
function presentToken({ token, refresh, expiresAt, clientId, ...shown }: OauthToken) {
  return {
    url: `https://nordlys.zendesk.com/api/v2/oauth/tokens/${shown.id}.json`,
    ...shown,
    client_id: clientId,
    token: token.slice(0, 10),
    expires_at: expiresAt === null ? null : toWireTime(expiresAt),
    refresh_token: refresh === null ? null : refresh.token.slice(0, 10),
    refresh_token_expires_at: refresh === null ? null : toWireTime(refresh.expiresAt),
  }
}
