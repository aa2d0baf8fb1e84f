import { MINUTE, SECOND } from '../kernel/instant.ts'
import type { Draw } from '../outbound/limiter.ts'

type Endpoint = {
  readonly method: string
  readonly path: RegExp
  /** As Zendesk's headers name the bucket, where they do. */
  readonly bucket: string
  readonly most: number
  readonly perMs: number
  /** Counted for each ticket or user by itself, whose id is the path's first group. */
  readonly isPerThing?: true
}

/** The least that any plan has; the first answer says how many the account really has. */
const ACCOUNT: Draw = { bucket: 'account', most: 200, perMs: MINUTE }

/**
 * Limits of single endpoints, as far as Replyline calls them. The whole account shares them, agents'
 * own edits included. Most are announced by headers, which then count.
 * https://developer.zendesk.com/api-reference/introduction/rate-limits/
 */
const ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'PUT',
    path: /^\/api\/v2\/tickets\/(\d+)$/,
    bucket: 'tickets-update',
    most: 100,
    perMs: MINUTE,
  },
  {
    method: 'PUT',
    path: /^\/api\/v2\/tickets\/(\d+)$/,
    bucket: 'per-ticket-updates',
    most: 30,
    perMs: 10 * MINUTE,
    isPerThing: true,
  },
  {
    method: 'POST',
    path: /^\/api\/v2\/tickets$/,
    bucket: 'ticket-request-create-by-user-and-ip',
    most: 300,
    perMs: MINUTE,
  },
  {
    method: 'PUT',
    path: /^\/api\/v2\/users\/(\d+)$/,
    bucket: 'user-writes',
    most: 1,
    perMs: SECOND,
  },
  {
    method: 'PUT',
    path: /^\/api\/v2\/users\/(\d+)$/,
    bucket: 'per-user-writes',
    most: 5,
    perMs: MINUTE,
    isPerThing: true,
  },
  {
    method: 'GET',
    path: /^\/api\/v2\/incremental\//,
    bucket: 'incremental-exports',
    most: 10,
    perMs: MINUTE,
  },
]

/** What one call draws: the account's pool, then each limit of its endpoint, the narrowest last. */
export function zendeskDraws(method: string, path: string): readonly Draw[] {
  const own = ENDPOINTS.flatMap((endpoint) => {
    const match = endpoint.method === method ? endpoint.path.exec(path) : null
    if (match === null) return []
    const { bucket, most, perMs, isPerThing } = endpoint
    return [{ bucket: isPerThing ? `${bucket} ${match[1]}` : bucket, most, perMs }]
  })
  return [ACCOUNT, ...own]
}
