import type { MiddlewareHandler } from 'hono'
import type { RateLimitAnswer } from '../core/rate-limit.ts'
import type { ZendeskContext, ZendeskEnv, ZendeskParts } from './emulator.ts'
import { rateLimited, refuse } from './errors.ts'

/** Suite Enterprise. https://developer.zendesk.com/api-reference/introduction/rate-limits/ */
const ACCOUNT_PER_MINUTE = 700

const MINUTE_MS = 60_000

type EndpointLimit = {
  readonly name: string
  readonly method?: string
  readonly path: RegExp
  readonly limit: number
  readonly windowMs: number
  /** What shares one counter; the whole account when absent. */
  per?(c: ZendeskContext, match: RegExpExecArray): string
  /** Words of the refusal, where they are known. */
  readonly refusal?: string
}

/** Buckets whose header was recorded or is on the page; the others are counted in silence. */
const ANNOUNCED = [
  'per-ticket-updates',
  'tickets-update',
  'ticket-request-create-by-user-and-ip',
  'tickets-index',
  'search-index',
]

/** The table of the platform's page. */
const ENDPOINT_LIMITS: readonly EndpointLimit[] = [
  {
    name: 'per-ticket-updates',
    method: 'PUT',
    path: /^\/api\/v2\/tickets\/(\d+)$/,
    limit: 30,
    windowMs: 10 * MINUTE_MS,
    per: (c, match) => `${c.get('user').id}:${match[1]}`,
  },
  {
    name: 'tickets-update',
    method: 'PUT',
    path: /^\/api\/v2\/tickets\/\d+$/,
    limit: 100,
    windowMs: MINUTE_MS,
  },
  {
    name: 'ticket-request-create-by-user-and-ip',
    method: 'POST',
    path: /^\/api\/v2\/tickets$/,
    limit: 300,
    windowMs: MINUTE_MS,
    per: (c) => String(c.get('user').id),
  },
  {
    name: 'tickets-index',
    method: 'GET',
    path: /^\/api\/v2\/tickets$/,
    limit: 100,
    windowMs: MINUTE_MS,
  },
  {
    name: 'user-writes-account',
    method: 'POST',
    path: /^\/api\/v2\/users\/create_or_update$/,
    limit: 1,
    windowMs: 1_000,
  },
  {
    name: 'user-writes-account',
    method: 'PUT',
    path: /^\/api\/v2\/users\/\d+$/,
    limit: 1,
    windowMs: 1_000,
  },
  {
    name: 'user-writes-per-user',
    method: 'PUT',
    path: /^\/api\/v2\/users\/(\d+)$/,
    limit: 5,
    windowMs: MINUTE_MS,
    per: (_c, match) => match[1] ?? '',
  },
  {
    name: 'incremental-exports',
    path: /^\/api\/v2\/incremental\//,
    limit: 10,
    windowMs: MINUTE_MS,
    refusal: 'Number of allowed incremental export API requests per minute exceeded',
  },
  { name: 'search-export', path: /^\/api\/v2\/search\/export$/, limit: 100, windowMs: MINUTE_MS },
  { name: 'search-index', path: /^\/api\/v2\/search$/, limit: 2500, windowMs: MINUTE_MS },
  {
    name: 'ticket-audits',
    path: /^\/api\/v2\/tickets\/\d+\/audits$/,
    limit: 500,
    windowMs: MINUTE_MS,
  },
  { name: 'deleted-tickets', path: /^\/api\/v2\/deleted_tickets$/, limit: 10, windowMs: MINUTE_MS },
  {
    name: 'ticket-deletes',
    method: 'DELETE',
    path: /^\/api\/v2\/tickets\/\d+$/,
    limit: 400,
    windowMs: MINUTE_MS,
  },
  { name: 'webhooks', path: /^\/api\/v2\/webhooks(\/|$)/, limit: 100, windowMs: MINUTE_MS },
]

/** Counts the call against the account and against its endpoint, and announces what is left. */
export function limitRates({ world }: ZendeskParts): MiddlewareHandler<ZendeskEnv> {
  return async (c, next) => {
    const account = world.limits.take('zendesk:account', ACCOUNT_PER_MINUTE, MINUTE_MS)
    announceAccount(c, account)
    if (!account.allowed) return refuse(c, tooMany(account))

    for (const limit of limitsOf(c)) {
      const answer = world.limits.take(limit.key, limit.limit, limit.windowMs)
      const resets = Math.ceil(answer.resetMs / 1_000)
      const about = `total=${limit.limit}; remaining=${answer.remaining}; resets=${resets}`
      if (ANNOUNCED.includes(limit.name)) c.header(`zendesk-ratelimit-${limit.name}`, about)
      if (!answer.allowed) return refuse(c, tooMany(answer, limit.refusal))
    }
    return next()
  }
}

/** The limit of `create_or_update` counts per user, who is known only once the body is read. */
export function takeUserWrite({ world }: ZendeskParts, userId: number): RateLimitAnswer {
  return world.limits.take(`zendesk:user-writes-per-user:${userId}`, 5, MINUTE_MS)
}

export function tooMany(
  { resetMs }: RateLimitAnswer,
  refusal = 'Number of allowed API requests per minute exceeded',
) {
  return rateLimited(Math.max(1, Math.ceil(resetMs / 1_000)), refusal)
}

function limitsOf(c: ZendeskContext): (EndpointLimit & { key: string })[] {
  const path = c.req.path.replace(/\.json$/, '')
  return ENDPOINT_LIMITS.flatMap((limit) => {
    if (limit.method !== undefined && limit.method !== c.req.method) return []
    const match = limit.path.exec(path)
    if (match === null) return []
    const per = limit.per === undefined ? '' : `:${limit.per(c, match)}`
    return [{ ...limit, key: `zendesk:${limit.name}${per}` }]
  })
}

function announceAccount(c: ZendeskContext, { remaining, resetMs }: RateLimitAnswer): void {
  c.header('x-rate-limit', String(ACCOUNT_PER_MINUTE))
  c.header('x-rate-limit-remaining', String(remaining))
  c.header('ratelimit-limit', String(ACCOUNT_PER_MINUTE))
  c.header('ratelimit-remaining', String(remaining))
  c.header('ratelimit-reset', String(Math.ceil(resetMs / 1_000)))
}
