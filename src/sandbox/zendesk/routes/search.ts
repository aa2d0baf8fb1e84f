import { Hono } from 'hono'
import type { ZendeskContext, ZendeskEnv, ZendeskParts } from '../emulator.ts'
import { badRequest, isProblem, notEmulated, type Problem, refuse } from '../errors.ts'
import { paginate } from '../paging.ts'
import { presentTicket, presentUser } from '../present.ts'
import { searchTickets } from '../search-tickets.ts'
import { searchUsers } from '../search-users.ts'
import { sortTickets } from '../ticket-lists.ts'

const MOST_RESULTS = 1_000

/** https://developer.zendesk.com/api-reference/ticketing/ticket-management/search/ */
export function searchRoutes(parts: ZendeskParts): Hono<ZendeskEnv> {
  const app = new Hono<ZendeskEnv>()

  app.get('/search', (c) => {
    const query = c.req.query('query') ?? ''
    const type = /(?:^|\s)type:(\w+)/.exec(query)?.[1]
    if (type === 'user') return answer(c, searchUsers(parts, query), presentUser, 'user')
    if (type === 'ticket') return answer(c, searchTickets(parts, query), presentTicket, 'ticket')
    return refuse(c, notEmulated('Search without type:ticket or type:user'))
  })

  /** By cursor, without the cap; the type stands in `filter[type]` and not in the query. */
  app.get('/search/export', (c) => {
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
      ...presentTicket(record),
      result_type: 'ticket',
    }))
    return c.json({ results, ...page.about })
  })

  function answer<Item>(
    c: ZendeskContext,
    items: readonly Item[] | Problem,
    present: (item: Item) => Record<string, unknown>,
    result_type: string,
  ): Response {
    if (isProblem(items)) return refuse(c, items)
    const page = paginate(c.req, { items, keyOf: () => ({ key: 0, id: 0 }) })
    if (isProblem(page)) return refuse(c, page)
    const beyond = Number(c.req.query('page') ?? 1) * Number(c.req.query('per_page') ?? 100)
    if (beyond > MOST_RESULTS) {
      const error = { error: 'InvalidValue', description: 'Search returns at most 1000 results' }
      return c.json(error, 422)
    }
    const results = page.items.map((item) => ({ ...present(item), result_type }))
    return c.json({ results, facets: null, ...page.about })
  }

  return app
}
