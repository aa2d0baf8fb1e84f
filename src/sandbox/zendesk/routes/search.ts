import { Hono } from 'hono'
import { badRequest, isProblem, notEmulated, type Problem, refuse } from '../api/errors.ts'
import { paginate } from '../api/paging.ts'
import type { ZendeskContext, ZendeskEnv, ZendeskParts } from '../emulator.ts'
import { searchTickets } from '../search/search-tickets.ts'
import { searchUsers } from '../search/search-users.ts'
import { sortTickets } from '../tickets/ticket-lists.ts'

type Result = Readonly<Record<string, unknown>>

const MOST_RESULTS = 1_000

/** https://developer.zendesk.com/api-reference/ticketing/ticket-management/search/ */
export function searchRoutes(parts: ZendeskParts): Hono<ZendeskEnv> {
  const app = new Hono<ZendeskEnv>()
  app.get('/search', (c) => list(parts, c))
  app.get('/search/count', (c) => {
    const found = find(parts, c.req.query('query') ?? '')
    return isProblem(found) ? refuse(c, found) : c.json({ count: found.length })
  })
  app.get('/search/export', (c) => exportTickets(parts, c))
  return app
}

function find(parts: ZendeskParts, query: string): Result[] | Problem {
  const result_type = /(?:^|\s)type:(\w+)/.exec(query)?.[1]
  if (result_type === 'user') {
    const found = searchUsers(parts, query)
    if (isProblem(found)) return found
    return found.map((user) => ({ ...parts.present.user(user), result_type }))
  }
  if (result_type !== 'ticket') return notEmulated('Search without type:ticket or type:user')
  const found = searchTickets(parts, query)
  if (isProblem(found)) return found
  return found.map((record) => ({ ...parts.present.ticket(record), result_type }))
}

/** Pages by offset only, and not beyond a thousand. */
function list(parts: ZendeskParts, c: ZendeskContext): Response {
  const found = find(parts, c.req.query('query') ?? '')
  if (isProblem(found)) return refuse(c, found)
  const page = paginate(c.req, { items: found, keyOf: () => ({ key: 0, id: 0 }) })
  if (isProblem(page)) return refuse(c, page)
  const beyond = Number(c.req.query('page') ?? 1) * Number(c.req.query('per_page') ?? 100)
  if (beyond > MOST_RESULTS) {
    const error = { error: 'InvalidValue', description: 'Search returns at most 1000 results' }
    return c.json(error, 422)
  }
  return c.json({ results: page.items, facets: null, ...page.about })
}

/** By cursor, without the cap; the type stands in `filter[type]` and not in the query. */
function exportTickets(parts: ZendeskParts, c: ZendeskContext): Response {
  const type = c.req.query('filter[type]')
  if (type === undefined) return refuse(c, badRequest('InvalidValue', 'filter[type] is required'))
  if (type !== 'ticket') return refuse(c, notEmulated(`the export of ${type}`))
  const found = searchTickets(parts, c.req.query('query') ?? '')
  if (isProblem(found)) return refuse(c, found)
  const url = new URL(c.req.url)
  if (!url.searchParams.has('page[size]')) url.searchParams.set('page[size]', '100')
  const page = paginate({ url: url.toString() }, sortTickets(found, undefined))
  if (isProblem(page)) return refuse(c, page)
  const results = page.items.map((record) => ({
    ...parts.present.ticket(record),
    result_type: 'ticket',
  }))
  return c.json({ results, facets: null, ...page.about })
}
