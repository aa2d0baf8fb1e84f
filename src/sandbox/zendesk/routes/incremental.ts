import { Hono } from 'hono'
import { isProblem, refuse } from '../api/errors.ts'
import { type Changed, cursorPage, timePage } from '../api/incremental-pages.ts'
import { sideLoad } from '../api/side-loads.ts'
import { commaList, toSeconds } from '../api/wire.ts'
import type { ZendeskContext, ZendeskEnv, ZendeskParts } from '../emulator.ts'
import { toTicketEvents } from '../tickets/ticket-event-feed.ts'

/** https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/ */
export function incrementalRoutes(parts: ZendeskParts): Hono<ZendeskEnv> {
  const app = new Hono<ZendeskEnv>()
  app.get('/incremental/tickets/cursor', (c) => exportTickets(parts, c, cursorPage))
  app.get('/incremental/tickets', (c) => exportTickets(parts, c, timePage))
  app.get('/incremental/ticket_events', (c) => exportTicketEvents(parts, c))
  app.get('/incremental/users/cursor', (c) => exportUsers(parts, c, cursorPage))
  app.get('/incremental/users', (c) => exportUsers(parts, c, timePage))
  return app
}

/** By the time of any change, the system's included; deleted tickets come with status deleted. */
function changedTickets({ store }: ZendeskParts, c: ZendeskContext) {
  const leavesOutDeleted = c.req.query('exclude_deleted') === 'true'
  return [...store.tickets.values()]
    .filter(({ deletedAt }) => !leavesOutDeleted || deletedAt === null)
    .map((item) => ({ item, at: toSeconds(item.generatedAt), id: item.ticket.id }))
}

function changedUsers({ store }: ZendeskParts) {
  return [...store.users.values()].map((item) => {
    return { item, at: toSeconds(Date.parse(item.updated_at)), id: item.id }
  })
}

/** The two ways through an export: by a cursor, or by time alone. */
type PageOf = typeof cursorPage

function exportTickets(parts: ZendeskParts, c: ZendeskContext, pageOf: PageOf): Response {
  const page = pageOf(c.req.url, parts.world.clock.now(), changedTickets(parts, c))
  if (isProblem(page)) return refuse(c, page)
  const tickets = page.items.map(parts.present.ticket)
  const include = commaList(c.req.query('include'))
  return c.json({ tickets, ...sideLoad(parts, page.items, include), ...page.about })
}

function exportUsers(parts: ZendeskParts, c: ZendeskContext, pageOf: PageOf): Response {
  const page = pageOf(c.req.url, parts.world.clock.now(), changedUsers(parts))
  if (isProblem(page)) return refuse(c, page)
  return c.json({ users: page.items.map(parts.present.user), ...page.about })
}

type FeedEvent = ReturnType<typeof toTicketEvents>[number]

function exportTicketEvents({ store, world }: ZendeskParts, c: ZendeskContext): Response {
  const withComments = commaList(c.req.query('include')).includes('comment_events')
  const events = [...store.tickets.values()].flatMap((record) =>
    toTicketEvents(record, { withComments }),
  )
  const changed = events.map((item): Changed<FeedEvent> => {
    return { item, at: item.timestamp, id: item.id }
  })
  const page = timePage(c.req.url, world.clock.now(), changed)
  if (isProblem(page)) return refuse(c, page)
  return c.json({ ticket_events: page.items, ...page.about })
}
