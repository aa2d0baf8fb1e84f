import { Hono } from 'hono'
import { isProblem, notFound, refuse } from '../api/errors.ts'
import { paginate } from '../api/paging.ts'
import { commaList } from '../api/wire.ts'
import type { ZendeskEnv, ZendeskParts } from '../emulator.ts'
import { presentJob } from '../tickets/jobs.ts'

/** https://developer.zendesk.com/api-reference/ticketing/ticket-management/job_statuses/ */
export function jobRoutes(parts: ZendeskParts): Hono<ZendeskEnv> {
  const { store } = parts
  const app = new Hono<ZendeskEnv>()

  app.get('/job_statuses', (c) => {
    const items = [...store.jobs.values()].toReversed()
    const page = paginate(c.req, { items, keyOf: ({ id }) => ({ key: id, id: 0 }) })
    if (isProblem(page)) return refuse(c, page)
    return c.json({ job_statuses: page.items.map((job) => presentJob(parts, job)), ...page.about })
  })

  /** Unknown ids are left out. */
  app.get('/job_statuses/show_many', (c) => {
    const jobs = commaList(c.req.query('ids')).flatMap((id) => store.jobs.get(id) ?? [])
    return c.json({ job_statuses: jobs.map((job) => presentJob(parts, job)) })
  })

  app.get('/job_statuses/:id', (c) => {
    const job = store.jobs.get(c.req.param('id'))
    if (job === undefined) return refuse(c, notFound())
    return c.json({ job_status: presentJob(parts, job) })
  })

  return app
}
