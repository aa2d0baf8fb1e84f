import { Hono } from 'hono'
import { isProblem, notEmulated, type Problem, refuse } from '../api/errors.ts'
import { asFields } from '../api/wire.ts'
import {
  apiActor,
  readJson,
  type ZendeskContext,
  type ZendeskEnv,
  type ZendeskParts,
} from '../emulator.ts'

/** Tickets from elsewhere. https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_import/ */
export function ticketImportRoutes(parts: ZendeskParts): Hono<ZendeskEnv> {
  const app = new Hono<ZendeskEnv>()
  app.post('/imports/tickets', async (c) => {
    const missing = refusesArchive(c)
    if (missing !== null) return refuse(c, missing)
    const given = asFields(asFields(await readJson(c)).ticket)
    const outcome = parts.operations.import(given, apiActor(c))
    if (isProblem(outcome)) return refuse(c, outcome)
    const location = parts.present.urlOf(`tickets/${outcome.record.ticket.id}`)
    return c.json({ ticket: parts.present.ticket(outcome.record) }, 201, { location })
  })
  return app
}

/** The sandbox never archives. */
export function refusesArchive(c: ZendeskContext): Problem | null {
  return c.req.query('archive_immediately') === 'true' ? notEmulated('archiving') : null
}
