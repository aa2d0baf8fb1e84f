import { Hono } from 'hono'
import { isProblem, notFound, refuse } from '../api/errors.ts'
import { paginate } from '../api/paging.ts'
import { asId, toWireTime } from '../api/wire.ts'
import type { ZendeskContext, ZendeskEnv, ZendeskParts } from '../emulator.ts'
import type { OauthToken } from '../entities/people.ts'

/**
 * Showing and revoking tokens, under `/api/v2/oauth`. That only admins reach other people's tokens
 * is inferred from the list's `all` parameter [I].
 * https://developer.zendesk.com/api-reference/ticketing/oauth/oauth_tokens/
 */
export function tokenRoutes(parts: ZendeskParts): Hono<ZendeskEnv> {
  const app = new Hono<ZendeskEnv>()
  app.get('/oauth/tokens', (c) => list(parts, c))
  app.get('/oauth/tokens/current', (c) => show(parts, c, c.get('token')))
  app.get('/oauth/tokens/:id', (c) => show(parts, c, find(parts, c)))
  app.delete('/oauth/tokens/:id', (c) => {
    const token = find(parts, c)
    if (token === null) return refuse(c, notFound())
    parts.oauth.revoke(token)
    return c.body(null, 204)
  })
  return app
}

function find(parts: ZendeskParts, c: ZendeskContext): OauthToken | null {
  return reachable(parts, c, true).find(({ id }) => id === asId(c.req.param('id'))) ?? null
}

/** One's own; an admin who asks for `all` sees everybody's. */
function reachable({ store }: ZendeskParts, c: ZendeskContext, all: boolean): OauthToken[] {
  const { id: userId, role } = c.get('user')
  const seesAll = all && role === 'admin'
  return [...store.tokens.values()].filter((token) => seesAll || token.user_id === userId)
}

function list(parts: ZendeskParts, c: ZendeskContext): Response {
  const items = reachable(parts, c, c.req.query('all') === 'true')
  const page = paginate(c.req, { items, keyOf: ({ id }) => ({ key: id, id }) })
  if (isProblem(page)) return refuse(c, page)
  return c.json({ tokens: page.items.map((token) => presentToken(parts, token)), ...page.about })
}

/** A call with one of the account's API tokens has no OAuth token to show. */
function show(parts: ZendeskParts, c: ZendeskContext, token: OauthToken | null): Response {
  if (token === null) return refuse(c, notFound())
  return c.json({ token: presentToken(parts, token) })
}

/** Secrets are shown by their first ten characters. */
function presentToken(
  { present }: ZendeskParts,
  { token, refresh, expiresAt, clientId, ...shown }: OauthToken,
) {
  return {
    url: present.urlOf(`oauth/tokens/${shown.id}`),
    ...shown,
    client_id: clientId,
    token: token.slice(0, 10),
    expires_at: expiresAt === null ? null : toWireTime(expiresAt),
    refresh_token: refresh === null ? null : refresh.token.slice(0, 10),
    refresh_token_expires_at: refresh === null ? null : toWireTime(refresh.expiresAt),
  }
}
