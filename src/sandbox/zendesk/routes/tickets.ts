import { Hono } from 'hono'
import { apiActor, readJson, type ZendeskEnv, type ZendeskParts } from '../emulator.ts'
import { isProblem, notFound, refuse, tooManyValues } from '../errors.ts'
import { recallCreate, rememberCreate } from '../idempotency.ts'
import { startJob } from '../jobs.ts'
import { paginate } from '../paging.ts'
import { presentAudit, presentTicket } from '../present.ts'
import { sideLoad } from '../side-loads.ts'
import { findTicket, livingTickets } from '../store.ts'
import { sortTickets } from '../ticket-lists.ts'
import type { Written } from '../ticket-parts.ts'
import { asFields, asFlag, asId, asList, asText, commaList, toWireTime } from '../wire.ts'

const MOST_SHOWN = 100

/** https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/ */
export function ticketRoutes(parts: ZendeskParts): Hono<ZendeskEnv> {
  const { store, operations } = parts
  const app = new Hono<ZendeskEnv>()

  app.post('/tickets', async (c) => {
    const text = await c.req.text()
    const key = c.req.header('idempotency-key')
    const earlier = key === undefined ? null : recallCreate(parts, key, text)
    if (isProblem(earlier)) return refuse(c, earlier)
    if (earlier !== null) {
      const headers = { location: earlier.location, 'x-idempotency-lookup': 'hit' }
      return c.json(asFields(earlier.response), 201, headers)
    }

    const given = asFields(asFields(await readJson(c)).ticket)
    const outcome = operations.create(given, apiActor(c))
    if (isProblem(outcome)) return refuse(c, outcome)
    const response = presentWritten(outcome)
    const location = `https://nordlys.zendesk.com/api/v2/tickets/${outcome.record.ticket.id}.json`
    if (key !== undefined) rememberCreate(parts, key, { body: text, response, location })
    const lookup = key === undefined ? {} : { 'x-idempotency-lookup': 'miss' }
    return c.json(response, 201, { location, ...lookup })
  })

  /** Archived tickets are not listed by Zendesk; the sandbox never archives. */
  app.get('/tickets', (c) => {
    const externalId = c.req.query('external_id')
    const records = livingTickets(store).filter(
      ({ ticket }) => externalId === undefined || ticket.external_id === externalId,
    )
    const page = paginate(c.req, sortTickets(records, c.req.query('sort')))
    if (isProblem(page)) return refuse(c, page)
    const sideLoads = sideLoad(store, page.items, commaList(c.req.query('include')))
    return c.json({ tickets: page.items.map(presentTicket), ...sideLoads, ...page.about })
  })

  app.get('/tickets/show_many', (c) => {
    const ids = commaList(c.req.query('ids'))
    if (ids.length > MOST_SHOWN) return refuse(c, tooManyValues(MOST_SHOWN))
    const records = ids.flatMap((id) => findTicket(store, asId(id)) ?? [])
    const sideLoads = sideLoad(store, records, commaList(c.req.query('include')))
    const about = { next_page: null, previous_page: null, count: records.length }
    return c.json({ tickets: records.map(presentTicket), ...sideLoads, ...about })
  })

  app.get('/tickets/:id', (c) => {
    const record = findTicket(store, asId(c.req.param('id')))
    if (record === null) return refuse(c, notFound())
    const include = commaList(c.req.query('include'))
    const count = include.includes('comment_count') ? { comment_count: record.comments.length } : {}
    const ticket = { ...presentTicket(record), ...count }
    return c.json({ ticket, ...sideLoad(store, [record], include) })
  })

  app.put('/tickets/:id', async (c) => {
    const given = asFields(asFields(await readJson(c)).ticket)
    const outcome = operations.update(asId(c.req.param('id')), given, apiActor(c))
    return isProblem(outcome) ? refuse(c, outcome) : c.json(presentWritten(outcome))
  })

  app.delete('/tickets/:id', (c) => {
    const problem = operations.remove(asId(c.req.param('id')), apiActor(c))
    return problem === null ? c.body(null, 204) : refuse(c, problem)
  })

  app.post('/tickets/:id/merge', async (c) => {
    const given = asFields(await readJson(c))
    const targetId = asId(c.req.param('id'))
    const sourceIds = asList(given.ids).map((id) => asId(id) ?? 0)
    const problem = operations.merge(targetId, sourceIds, apiActor(c), {
      target: {
        body: asText(given.target_comment) ?? `Requests ${sourceIds.join(', ')} were merged here.`,
        public: asFlag(given.target_comment_is_public) ?? false,
      },
      source: {
        body: asText(given.source_comment) ?? `This request was merged into #${targetId}.`,
        public: asFlag(given.source_comment_is_public) ?? false,
      },
    })
    if (problem !== null) return refuse(c, problem)
    const results = sourceIds.map((id) => ({
      id,
      action: 'merge',
      status: 'Merged',
      success: true,
    }))
    return c.json({ job_status: startJob(store, results) })
  })

  app.get('/deleted_tickets', (c) => {
    const deleted = [...store.tickets.values()].filter(({ deletedAt }) => deletedAt !== null)
    const page = paginate(c.req, sortTickets(deleted, c.req.query('sort')))
    if (isProblem(page)) return refuse(c, page)
    const shown = page.items.map(({ ticket, deletedAt }) => ({
      id: ticket.id,
      subject: ticket.subject,
      deleted_at: toWireTime(deletedAt ?? 0),
      previous_state: ticket.status,
    }))
    return c.json({ deleted_tickets: shown, ...page.about })
  })

  return app
}

/** A comment's id is the id of its event in this audit. */
function presentWritten({ record, audit }: Written): Record<string, unknown> {
  return { ticket: presentTicket(record), audit: presentAudit(audit) }
}
