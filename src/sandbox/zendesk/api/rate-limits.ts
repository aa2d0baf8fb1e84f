import type { MiddlewareHandler } from 'hono'
import type { RateLimitAnswer } from '../../core/rate-limit.ts'
import type { ZendeskContext, ZendeskEnv, ZendeskParts } from '../emulator.ts'
import { ENDPOINT_LIMITS, type EndpointLimit } from './endpoint-limits.ts'
import { rateLimited, refuse } from './errors.ts'

type Plan = ReturnType<ZendeskParts['doubts']['plan']>

/** Calls and ticket updates a minute. https://developer.zendesk.com/api-reference/introduction/rate-limits/ */
const PLANS: Readonly<Record<Plan, { readonly calls: number; readonly updates: number }>> = {
  team: { calls: 200, updates: 100 },
  professional: { calls: 400, updates: 100 },
  enterprise: { calls: 700, updates: 100 },
  high_volume: { calls: 2_500, updates: 300 },
  trial: { calls: 200, updates: 20 },
}

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
export function limitRates(parts: ZendeskParts): MiddlewareHandler<ZendeskEnv> {
  return async (c, next) => {
    const { calls } = PLANS[parts.doubts.plan()]
    const account = parts.world.limits.take(keyIn(parts, 'account'), calls, MINUTE_MS)
    announcePool(c, calls, account)
    if (!account.allowed) return refuse(c, tooMany(account))
    for (const limit of limitsOf(c)) {
      const answer = takeFromEndpoint(parts, c, limit)
      if (!answer.allowed) return refuse(c, tooMany(answer, limit.refusal))
    }
    return next()
  }
}

function takeFromEndpoint(
  parts: ZendeskParts,
  c: ZendeskContext,
  { name, key, limit, windowMs }: EndpointLimit & { readonly key: string },
): RateLimitAnswer {
  const total = name === 'tickets-update' ? PLANS[parts.doubts.plan()].updates : limit
  const answer = parts.world.limits.take(keyIn(parts, key), total, windowMs)
  // Recorded: the webhooks API announces its own pool where others announce the account's.
  if (name === 'webhooks') announcePool(c, total, answer)
  const resets = Math.ceil(answer.resetMs / 1_000)
  const about = `total=${total}; remaining=${answer.remaining}; resets=${resets}`
  if (ANNOUNCED.includes(name)) c.header(`zendesk-ratelimit-${name}`, about)
  return answer
}

/** The limit of `create_or_update` counts per user, who is known only once the body is read. */
export function takeUserWrite(parts: ZendeskParts, userId: number): RateLimitAnswer {
  return parts.world.limits.take(keyIn(parts, `user-writes-per-user:${userId}`), 5, MINUTE_MS)
}

/** Accounts share no counter. */
function keyIn({ store }: ZendeskParts, name: string): string {
  return `zendesk:${store.account.subdomain}:${name}`
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
    return [{ ...limit, key: `${limit.name}${per}` }]
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
