import type { ZendeskContext } from '../emulator.ts'

const MINUTE_MS = 60_000

export type EndpointLimit = {
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

/** https://developer.zendesk.com/api-reference/introduction/rate-limits/ */
export const ENDPOINT_LIMITS: readonly EndpointLimit[] = [
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
  {
    name: 'view-execute',
    method: 'GET',
    path: /^\/api\/v2\/views\/(\d+)\/execute$/,
    limit: 5,
    windowMs: MINUTE_MS,
    per: (c, match) => `${c.get('user').id}:${match[1]}`,
  },
  { name: 'webhooks-test', path: /^\/api\/v2\/webhooks\/test$/, limit: 20, windowMs: MINUTE_MS },
  { name: 'webhooks', path: /^\/api\/v2\/webhooks(\/|$)/, limit: 100, windowMs: MINUTE_MS },
]
