import type { MiddlewareHandler } from 'hono'
import type { RateLimitAnswer } from '../core/rate-limit.ts'
import type { ZendeskContext, ZendeskEnv, ZendeskParts } from './emulator.ts'
import { ENDPOINT_LIMITS, type EndpointLimit } from './endpoint-limits.ts'
import { rateLimited, refuse } from './errors.ts'

/** Suite Enterprise. https://developer.zendesk.com/api-reference/introduction/rate-limits/ */
const ACCOUNT_PER_MINUTE = 700

const MINUTE_MS = 60_000

/** Buckets whose header was recorded or is on the page; the others are counted in silence. */
const ANNOUNCED = [
  'per-ticket-updates',
  'tickets-update',
  'ticket-request-create-by-user-and-ip',
  'tickets-index',
  'search-index',
]

/** Counts the call against the account and against its endpoint, and announces what is left. */
export function limitRates({ world }: ZendeskParts): MiddlewareHandler<ZendeskEnv> {
  return async (c, next) => {
    const account = world.limits.take('zendesk:account', ACCOUNT_PER_MINUTE, MINUTE_MS)
    announcePool(c, ACCOUNT_PER_MINUTE, account)
    if (!account.allowed) return refuse(c, tooMany(account))

    for (const limit of limitsOf(c)) {
      const answer = world.limits.take(limit.key, limit.limit, limit.windowMs)
      const resets = Math.ceil(answer.resetMs / 1_000)
      const about = `total=${limit.limit}; remaining=${answer.remaining}; resets=${resets}`
      // Recorded: the webhooks API announces its own pool where others announce the account's.
      if (limit.name === 'webhooks') announcePool(c, limit.limit, answer)
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

function announcePool(
  c: ZendeskContext,
  limit: number,
  { remaining, resetMs }: RateLimitAnswer,
): void {
  c.header('x-rate-limit', String(limit))
  c.header('x-rate-limit-remaining', String(remaining))
  c.header('ratelimit-limit', String(limit))
  c.header('ratelimit-remaining', String(remaining))
  c.header('ratelimit-reset', String(Math.ceil(resetMs / 1_000)))
}
