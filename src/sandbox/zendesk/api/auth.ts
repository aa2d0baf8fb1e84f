import type { MiddlewareHandler } from 'hono'
import type { ZendeskContext, ZendeskEnv, ZendeskParts } from '../emulator.ts'
import type { OauthToken, User } from '../entities/people.ts'
import { userOfApiToken } from './api-tokens.ts'
import {
  forbidden,
  invalidToken,
  isProblem,
  missingScopes,
  notAuthenticated,
  type Problem,
  refuse,
} from './errors.ts'

/** Endpoints that agents may not call, whatever their token's scope. */
const ADMINS_ONLY = ['incremental', 'webhooks', 'deleted_tickets', 'imports']
/** Endpoints that a scope of their own does not open: they need the global `read`. */
const NEEDS_GLOBAL_READ = ['incremental', 'audits']
/** Names of scopes where they differ from the path; which paths the newer ones open is inferred [I]. */
const SCOPE_OF_PATH: Readonly<Record<string, string>> = {
  search: 'read',
  imports: 'tickets',
  job_statuses: 'tickets',
  views: 'ticket_views',
  uploads: 'ticket_attachments',
  attachments: 'ticket_attachments',
}

const ANONYMOUS_PATH = '/api/v2/users/me'

/** Who calls; `token` is null for one of the account's API tokens, which have no scopes. */
type Caller = { readonly user: User; readonly token: OauthToken | null }

/**
 * Bearer tokens, and the API tokens that are left. E-mail with password is gone.
 * https://developer.zendesk.com/documentation/api-basics/authentication/oauth-migration/
 */
export function authenticate(parts: ZendeskParts): MiddlewareHandler<ZendeskEnv> {
  return async (c, next) => {
    const header = c.req.header('authorization')
    if (header === undefined && c.req.path === ANONYMOUS_PATH) return next()
    const caller = identify(parts, header ?? '')
    if (isProblem(caller)) return refuse(c, caller)
    const problem = refusesCaller(caller, c)
    if (problem !== null) return refuse(c, problem)
    c.set('user', caller.user)
    c.set('token', caller.token)
    return next()
  }
}

function identify(parts: ZendeskParts, header: string): Caller | Problem {
  const basic = /^Basic (.+)$/i.exec(header)?.[1]
  if (basic !== undefined) {
    const user = userOfApiToken(parts, basic)
    return user === null ? notAuthenticated() : { user, token: null }
  }
  const secret = /^Bearer (.+)$/i.exec(header)?.[1]
  if (secret === undefined) return notAuthenticated()
  const token = findToken(parts, secret)
  const user = parts.store.users.get(token?.user_id ?? 0)
  return token === null || user === undefined ? invalidToken() : { user, token }
}

function findToken({ store, world }: ZendeskParts, secret: string): OauthToken | null {
  const token = store.tokens.get(secret)
  if (token === undefined) return null
  const { expiresAt } = token
  return expiresAt !== null && expiresAt <= world.clock.now() ? null : token
}

function refusesCaller({ user, token }: Caller, c: ZendeskContext): Problem | null {
  const segments = c.req.path.replace('/api/v2/', '').split('/')
  const wanted = scopesFor(c.req.method, segments)
  const isCovered = token === null || wanted.some((scope) => token.scopes.includes(scope))
  if (!isCovered) return missingScopes(wanted)
  return isOpenTo(user, segments) ? null : forbidden()
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
