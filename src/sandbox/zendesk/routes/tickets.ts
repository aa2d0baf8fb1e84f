import { Hono } from 'hono'
import { isProblem, notFound, refuse, tooManyValues } from '../api/errors.ts'
import { recallCreate, rememberCreate } from '../api/idempotency.ts'
import { paginate } from '../api/paging.ts'
import { presentAudit } from '../api/present.ts'
import { sideLoad } from '../api/side-loads.ts'
import { asFields, asId, commaList, toWireTime } from '../api/wire.ts'
import {
  apiActor,
  readJson,
  type ZendeskContext,
  type ZendeskEnv,
  type ZendeskParts,
} from '../emulator.ts'
import { findTicket, livingTickets } from '../store.ts'
import { replySla } from '../tickets/reply-sla.ts'
import { sortAsAsked } from '../tickets/ticket-lists.ts'
import type { Written } from '../tickets/ticket-parts.ts'

const MOST_SHOWN = 100

/** One ticket or a list. https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/ */
export function ticketRoutes(parts: ZendeskParts): Hono<ZendeskEnv> {
  const app = new Hono<ZendeskEnv>()
  app.post('/tickets', (c) => create(parts, c))
  app.get('/tickets', (c) => list(parts, c))
  app.get('/tickets/count', (c) => {
    const refreshed_at = toWireTime(parts.world.clock.now())
    return c.json({ count: { value: livingTickets(parts.store).length, refreshed_at } })
  })
  app.get('/tickets/show_many', (c) => showMany(parts, c))
  app.get('/tickets/:id', (c) => show(parts, c))
  app.put('/tickets/:id', async (c) => {
    const given = asFields(asFields(await readJson(c)).ticket)
    const outcome = parts.operations.update(asId(c.req.param('id')), given, apiActor(c))
    return isProblem(outcome) ? refuse(c, outcome) : c.json(presentWritten(parts, outcome))
  })
  app.delete('/tickets/:id', (c) => {
    const problem = parts.operations.remove(asId(c.req.param('id')), apiActor(c))
    return problem === null ? c.body(null, 204) : refuse(c, problem)
  })
  return app
}

async function create(parts: ZendeskParts, c: ZendeskContext): Promise<Response> {
  const text = await c.req.text()
  const key = c.req.header('idempotency-key')
  const earlier = key === undefined ? null : recallCreate(parts, key, text)
  if (isProblem(earlier)) return refuse(c, earlier)
  if (earlier !== null) {
    const headers = { location: earlier.location, 'x-idempotency-lookup': 'hit' }
    return c.json(asFields(earlier.response), 201, headers)
  }

  const given = asFields(asFields(await readJson(c)).ticket)
  const outcome = parts.operations.create(given, apiActor(c))
  if (isProblem(outcome)) return refuse(c, outcome)
  const response = presentWritten(parts, outcome)
  const location = parts.present.urlOf(`tickets/${outcome.record.ticket.id}`)
  if (key !== undefined) rememberCreate(parts, key, { body: text, response, location })
  const lookup = key === undefined ? {} : { 'x-idempotency-lookup': 'miss' }
  return c.json(response, 201, { location, ...lookup })
}

/** A comment's id is the id of its event in this audit. */
function presentWritten({ present }: ZendeskParts, { record, audit }: Written) {
  return { ticket: present.ticket(record), audit: presentAudit(audit) }
}

/** Archived tickets are not listed by Zendesk; the sandbox never archives. */
function list(parts: ZendeskParts, c: ZendeskContext): Response {
  const externalId = c.req.query('external_id')
  const records = livingTickets(parts.store).filter(
    ({ ticket }) => externalId === undefined || ticket.external_id === externalId,
  )
  const page = paginate(c.req, sortAsAsked(records, c.req.url))
  if (isProblem(page)) return refuse(c, page)
  const sideLoads = sideLoad(parts, page.items, commaList(c.req.query('include')))
  return c.json({ tickets: page.items.map(parts.present.ticket), ...sideLoads, ...page.about })
}

function showMany(parts: ZendeskParts, c: ZendeskContext): Response {
  const ids = commaList(c.req.query('ids'))
  if (ids.length > MOST_SHOWN) return refuse(c, tooManyValues(MOST_SHOWN))
  const records = ids.flatMap((id) => findTicket(parts.store, asId(id)) ?? [])
  const sideLoads = sideLoad(parts, records, commaList(c.req.query('include')))
  const about = { next_page: null, previous_page: null, count: records.length }
  return c.json({ tickets: records.map(parts.present.ticket), ...sideLoads, ...about })
}

function show(parts: ZendeskParts, c: ZendeskContext): Response {
  const record = findTicket(parts.store, asId(c.req.param('id')))
  if (record === null) return refuse(c, notFound())
  const include = commaList(c.req.query('include'))
  const count = include.includes('comment_count') ? { comment_count: record.comments.length } : {}
  const slas = include.includes('slas') ? { slas: replySla(parts, record) } : {}
  const ticket = { ...parts.present.ticket(record), ...count, ...slas }
  return c.json({ ticket, ...sideLoad(parts, [record], include) })
}
