import { Hono } from 'hono'
import { isProblem, refuse } from '../api/errors.ts'
import { paginate } from '../api/paging.ts'
import { asId, commaList, toWireTime } from '../api/wire.ts'
import { apiActor, type ZendeskContext, type ZendeskEnv, type ZendeskParts } from '../emulator.ts'
import type { TicketRecord } from '../entities/tickets.ts'
import { sortTickets } from '../tickets/ticket-lists.ts'

const THIRTY_DAYS_MS = 30 * 24 * 3_600_000

/**
 * Deleted tickets for thirty days, and their return. Deleting for good is not emulated.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#list-deleted-tickets
 */
export function deletedTicketRoutes(parts: ZendeskParts): Hono<ZendeskEnv> {
  const app = new Hono<ZendeskEnv>()
  app.get('/deleted_tickets', (c) => list(parts, c))
  app.put('/deleted_tickets/restore_many', (c) =>
    restore(parts, c, commaList(c.req.query('ids')).map(asId)),
  )
  app.put('/deleted_tickets/:id/restore', (c) => restore(parts, c, [asId(c.req.param('id'))]))
  return app
}

function list({ store, world }: ZendeskParts, c: ZendeskContext): Response {
  const since = world.clock.now() - THIRTY_DAYS_MS
  const deleted = [...store.tickets.values()].filter(({ deletedAt }) => (deletedAt ?? 0) > since)
  const page = paginate(c.req, sortTickets(deleted, c.req.query('sort')))
  if (isProblem(page)) return refuse(c, page)
  return c.json({ deleted_tickets: page.items.map(toShown), ...page.about })

  function toShown({ ticket, deletedAt, deletedBy }: TicketRecord) {
    const { id, subject, status } = ticket
    const name = store.users.get(deletedBy ?? 0)?.name ?? ''
    const deleted_at = toWireTime(deletedAt ?? 0)
    return { id, subject, actor: { id: deletedBy, name }, deleted_at, previous_state: status }
  }
}

/** The specification says 200 with a string; its page shows an empty one. */
function restore(parts: ZendeskParts, c: ZendeskContext, ids: (number | null)[]): Response {
  for (const id of ids) {
    const problem = parts.operations.restore(id, apiActor(c))
    if (problem !== null) return refuse(c, problem)
  }
  return c.json('')
}
