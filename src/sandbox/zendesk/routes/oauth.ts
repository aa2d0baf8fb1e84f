import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { readJson, type ZendeskEnv, type ZendeskParts } from '../emulator.ts'
import type { OauthToken, User } from '../entities.ts'
import { isProblem, notEmulated, notFound, oauthError, type Problem, refuse } from '../errors.ts'
import { findUserByEmail } from '../store.ts'
import { asFields, asId, asText, type Fields, toWireTime } from '../wire.ts'

const CLIENT = { id: 'replyline', secret: 'replyline-secret', ownerEmail: 'admin@example.com' }
const SHORTEST_LIFE_S = 300
const LONGEST_LIFE_S = 172_800
const DEFAULT_LIFE_S = 1_800

/** Resources a scope may name; a name outside the list is dropped without a word. */
const RESOURCES = [
  'tickets',
  'users',
  'auditlogs',
  'organizations',
  'hc',
  'apps',
  'triggers',
  'automations',
  'targets',
  'webhooks',
  'macros',
  'requests',
  'ticket_views',
  'ticket_attachments',
]

/**
 * `client_credentials` alone: the token acts as the admin who made the client.
 * https://developer.zendesk.com/api-reference/ticketing/oauth/grant_type_tokens/
 */
export function oauthRoutes({ store, world }: ZendeskParts): Hono<ZendeskEnv> {
  const app = new Hono<ZendeskEnv>()

  app.post('/tokens', async (c) => {
    const isForm = c.req.header('content-type')?.includes('form-urlencoded') ?? false
    const given: Fields = isForm ? await c.req.parseBody() : asFields(await readJson(c))
    const problem = refusesGrant(given)
    if (problem !== null) return refuse(c, problem)
    const scopes = grantedScopes(given)
    if (isProblem(scopes)) return refuse(c, scopes)
    const lifeSeconds = lifeOf(given)
    if (isProblem(lifeSeconds)) return refuse(c, lifeSeconds)

    const owner = findUserByEmail(store, CLIENT.ownerEmail)
    if (owner === null) return refuse(c, oauthError('invalid_client', 'The client has no owner'))
    const { token } = issue(owner, scopes, lifeSeconds)
    return c.json({
      access_token: token,
      token_type: 'bearer',
      scope: scopes.join(' '),
      expires_in: lifeSeconds,
    })
  })

  function issue(user: User, scopes: string[], lifeSeconds: number): OauthToken {
    const now = world.clock.now()
    const token: OauthToken = {
      id: store.nextId(),
      token: randomBytes(32).toString('hex'),
      user_id: user.id,
      scopes,
      created_at: toWireTime(now),
      expiresAt: now + lifeSeconds * 1_000,
    }
    store.tokens.set(token.token, token)
    return token
  }

  return app
}

/** Showing and revoking tokens, under `/api/v2/oauth`. */
export function tokenRoutes({ store }: ZendeskParts): Hono<ZendeskEnv> {
  const app = new Hono<ZendeskEnv>()

  app.get('/oauth/tokens/current', (c) => {
    const { expiresAt, token, ...shown } = c.get('token')
    const expires_at = expiresAt === null ? null : toWireTime(expiresAt)
    return c.json({ token: { ...shown, token: token.slice(0, 10), expires_at } })
  })

  app.delete('/oauth/tokens/:id', (c) => {
    const all = [...store.tokens.values()]
    const token = all.find(({ id }) => id === asId(c.req.param('id')))
    if (token === undefined) return refuse(c, notFound())
    store.tokens.delete(token.token)
    return c.body(null, 204)
  })

  return app
}

function refusesGrant(given: Fields): Problem | null {
  const grant = asText(given.grant_type)
  if (grant === 'authorization_code' || grant === 'refresh_token') {
    return notEmulated(`the grant ${grant}`)
  }
  if (grant !== 'client_credentials') {
    return oauthError('unsupported_grant_type', 'The authorization grant type is not supported')
  }
  const isKnown = given.client_id === CLIENT.id && given.client_secret === CLIENT.secret
  if (isKnown) return null
  return oauthError('invalid_client', 'Client authentication failed', 401)
}

function grantedScopes(given: Fields): string[] | Problem {
  const asked = (asText(given.scope) ?? 'read write').split(/\s+/).filter((one) => one !== '')
  const granted = asked.filter((scope) => {
    const [resource = '', verb] = scope.split(':')
    const isGlobal = scope === 'read' || scope === 'write'
    return isGlobal || (RESOURCES.includes(resource) && (verb === 'read' || verb === 'write'))
  })
  return granted.length > 0
    ? granted
    : oauthError('invalid_scope', 'The requested scope is invalid')
}

/** Outside the allowed range Zendesk's answer is not known to us; the sandbox refuses [I]. */
function lifeOf(given: Fields): number | Problem {
  if (given.expires_in === undefined) return DEFAULT_LIFE_S
  const seconds = Number(given.expires_in)
  if (seconds >= SHORTEST_LIFE_S && seconds <= LONGEST_LIFE_S) return Math.floor(seconds)
  const range = `${SHORTEST_LIFE_S} to ${LONGEST_LIFE_S}`
  return oauthError('invalid_request', `expires_in must be ${range} seconds`)
}
