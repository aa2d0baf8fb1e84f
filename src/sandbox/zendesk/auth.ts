import type { MiddlewareHandler } from 'hono'
import type { ZendeskEnv, ZendeskParts } from './emulator.ts'
import type { OauthToken, User } from './entities.ts'
import { forbidden, invalidToken, missingScopes, notAuthenticated, refuse } from './errors.ts'

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
    const segments = c.req.path.replace('/api/v2/', '').split('/')
    const wanted = scopesFor(c.req.method, segments)
    if (!wanted.some((scope) => token.scopes.includes(scope)))
      return refuse(c, missingScopes(wanted))
    if (!isOpenTo(user, segments)) return refuse(c, forbidden())
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

function isOpenTo(user: User, [area = '']: string[]): boolean {
  return user.role === 'admin' || !ADMINS_ONLY.includes(area)
}

/** The scopes of which a token needs one, the narrow one first. */
function scopesFor(method: string, segments: string[]): string[] {
  const verb = method === 'GET' ? 'read' : 'write'
  const [resource = ''] = segments
  const scope = SCOPE_OF_PATH[resource] ?? resource
  const isGlobalOnly = segments.some((segment) => NEEDS_GLOBAL_READ.includes(segment))
  return isGlobalOnly || scope === verb ? [verb] : [`${scope}:${verb}`, verb]
}
