import type { MiddlewareHandler } from 'hono'
import type { ZendeskEnv, ZendeskParts } from './emulator.ts'
import type { OauthToken, User } from './entities.ts'
import { forbidden, invalidToken, notAuthenticated, refuse } from './errors.ts'

/** Endpoints that agents may not call, whatever their token's scope. */
const ADMINS_ONLY = ['incremental', 'webhooks', 'deleted_tickets']
/** Endpoints that a scope of their own does not open: they need the global `read`. */
const NEEDS_GLOBAL_READ = ['incremental', 'audits']
/** Names of scopes where they differ from the path. */
const SCOPE_OF_PATH: Readonly<Record<string, string>> = { search: 'read', job_statuses: 'tickets' }

const ANONYMOUS_PATH = '/api/v2/users/me'

/**
 * Bearer tokens only: e-mail with password is gone, and API tokens can no longer be made.
 * https://developer.zendesk.com/documentation/api-basics/authentication/oauth-migration/
 */
export function authenticate({ store, world }: ZendeskParts): MiddlewareHandler<ZendeskEnv> {
  return async (c, next) => {
    const header = c.req.header('authorization')
    if (header === undefined && c.req.path === ANONYMOUS_PATH) return next()
    const secret = /^Bearer (.+)$/i.exec(header ?? '')?.[1]
    if (secret === undefined) return refuse(c, notAuthenticated())

    const token = findToken(secret)
    const user = store.users.get(token?.user_id ?? 0)
    if (token === null || user === undefined) return refuse(c, invalidToken())
    if (!mayCall(user, token, c.req.method, c.req.path)) return refuse(c, forbidden())
    c.set('user', user)
    c.set('token', token)
    return next()
  }

  function findToken(secret: string): OauthToken | null {
    const token = store.tokens.get(secret)
    if (token === undefined) return null
    const { expiresAt } = token
    return expiresAt !== null && expiresAt <= world.clock.now() ? null : token
  }
}

function mayCall(user: User, token: OauthToken, method: string, path: string): boolean {
  const segments = path.replace('/api/v2/', '').split('/')
  const isForAdmins = ADMINS_ONLY.includes(segments[0] ?? '')
  return isInScope(token, method, segments) && (user.role === 'admin' || !isForAdmins)
}

function isInScope({ scopes }: OauthToken, method: string, segments: string[]): boolean {
  const verb = method === 'GET' ? 'read' : 'write'
  if (scopes.includes(verb)) return true
  if (segments.some((segment) => NEEDS_GLOBAL_READ.includes(segment))) return false
  const [resource = ''] = segments
  return scopes.includes(`${SCOPE_OF_PATH[resource] ?? resource}:${verb}`)
}
