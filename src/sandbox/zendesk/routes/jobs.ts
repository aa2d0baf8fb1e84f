import { Hono } from 'hono'
import type { ZendeskEnv, ZendeskParts } from '../emulator.ts'
import { notFound, refuse } from '../errors.ts'

/** https://developer.zendesk.com/api-reference/ticketing/ticket-management/job_statuses/ */
export function jobRoutes({ store }: ZendeskParts): Hono<ZendeskEnv> {
  const app = new Hono<ZendeskEnv>()

  app.get('/job_statuses/:id', (c) => {
    const job = store.jobs.get(c.req.param('id'))
    if (job === undefined) return refuse(c, notFound())
    const url = `https://nordlys.zendesk.com/api/v2/job_statuses/${job.id}.json`
    return c.json({ job_status: { ...job, url, progress: job.total, status: 'completed' } })
  })

  return app
}
