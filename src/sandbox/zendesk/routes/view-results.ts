import { Hono } from 'hono'
import { systemActor, viaChannel } from '../actor.ts'
import { isProblem, notFound, refuse } from '../api/errors.ts'
import { paginate } from '../api/paging.ts'
import { asId, commaList, toWireTime } from '../api/wire.ts'
import type { ZendeskContext, ZendeskEnv, ZendeskParts } from '../emulator.ts'
import type { View } from '../entities/rules.ts'
import type { TicketRecord } from '../entities/tickets.ts'
import { holds } from '../rules/conditions.ts'
import { columnsOf, executionOf } from '../rules/view-execution.ts'
import { livingTickets } from '../store.ts'
import { sortTickets } from '../tickets/ticket-lists.ts'

/** What stands in a view now. https://developer.zendesk.com/api-reference/ticketing/business-rules/views/#execute-view */
export function viewResultRoutes(parts: ZendeskParts): Hono<ZendeskEnv> {
  const { store, world, present } = parts
  const app = new Hono<ZendeskEnv>()

  app.get('/views/count', (c) => {
    const refreshed_at = toWireTime(world.clock.now())
    return c.json({ count: { value: store.views.size, refreshed_at } })
  })
  app.get('/views/count_many', (c) => {
    const ids = commaList(c.req.query('ids'))
    const views = ids.flatMap((id) => store.views.get(asId(id) ?? 0) ?? [])
    return c.json({ view_counts: views.map((view) => countIn(parts, view)) })
  })
  app.get('/views/:id/count', (c) =>
    withView(parts, c, (view) => c.json({ view_count: countIn(parts, view) })),
  )
  app.get('/views/:id/tickets', (c) =>
    withView(parts, c, (view) => {
      const page = paginate(c.req, sortTickets(ticketsIn(parts, view), undefined))
      if (isProblem(page)) return refuse(c, page)
      return c.json({ tickets: page.items.map(present.ticket), ...page.about })
    }),
  )
  app.get('/views/:id/execute', (c) => withView(parts, c, (view) => execute(parts, c, view)))
  return app
}

function withView(
  { store }: ZendeskParts,
  c: ZendeskContext,
  answer: (view: View) => Response,
): Response {
  const view = store.views.get(asId(c.req.param('id')) ?? 0)
  return view === undefined ? refuse(c, notFound()) : answer(view)
}

function ticketsIn({ store, world }: ZendeskParts, view: View): TicketRecord[] {
  const actor = systemActor(viaChannel('system'))
  const about = { before: null, updateType: null, comment: null, actor, now: world.clock.now() }
  return livingTickets(store).filter((record) => holds(view.conditions, { ...about, record }))
}

function countIn(parts: ZendeskParts, view: View) {
  const value = ticketsIn(parts, view).length
  const url = parts.present.urlOf(`views/${view.id}/count`)
  return { view_id: view.id, url, value, pretty: String(value), fresh: true, active: view.active }
}

function execute(parts: ZendeskParts, c: ZendeskContext, view: View): Response {
  const page = paginate(c.req, sortTickets(ticketsIn(parts, view), undefined))
  if (isProblem(page)) return refuse(c, page)
  const columns = columnsOf(view)
  const rows = page.items.map((record) => {
    const shown = parts.present.ticket(record)
    const cells = columns.map(({ id }) => [id, shown[CELLS[id] ?? id] ?? null])
    return { ...Object.fromEntries(cells), ticket: summaryOf(shown) }
  })
  const about = { id: view.id, execution: executionOf(view) }
  return c.json({ rows, columns, groups: [], view: about, ...page.about })
}

/** Columns whose cell is a field of another name. */
const CELLS: Readonly<Record<string, string>> = {
  assignee: 'assignee_id',
  group: 'group_id',
  requester: 'requester_id',
  brand: 'brand_id',
  created: 'created_at',
  updated: 'updated_at',
}

function summaryOf({ id, subject, description, status, type, priority, url }: Shown): Shown {
  return { id, subject, description, status, type, priority, url }
}

type Shown = Readonly<Record<string, unknown>>
