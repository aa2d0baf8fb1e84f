import { Hono, type MiddlewareHandler } from 'hono'
import { answerUnknownWith501 } from '../core/serve.ts'
import { authenticate } from './api/auth.ts'
import { notEmulated, refuse } from './api/errors.ts'
import { limitRates } from './api/rate-limits.ts'
import { readJson, type ZendeskEnv, type ZendeskParts } from './emulator.ts'
import { automationRoutes } from './routes/automations.ts'
import { catalogueRoutes } from './routes/catalogue.ts'
import { commentRoutes } from './routes/comments.ts'
import { deletedTicketRoutes } from './routes/deleted-tickets.ts'
import { identityRoutes } from './routes/identities.ts'
import { incrementalRoutes } from './routes/incremental.ts'
import { jobRoutes } from './routes/jobs.ts'
import { oauthRoutes } from './routes/oauth.ts'
import { tokenRoutes } from './routes/oauth-tokens.ts'
import { searchRoutes } from './routes/search.ts'
import { ticketImportRoutes } from './routes/ticket-imports.ts'
import { ticketJobRoutes } from './routes/ticket-jobs.ts'
import { ticketTagRoutes } from './routes/ticket-tags.ts'
import { ticketRoutes } from './routes/tickets.ts'
import { triggerRoutes } from './routes/triggers.ts'
import { fileRoutes, uploadRoutes } from './routes/uploads.ts'
import { userSearchRoutes } from './routes/user-search.ts'
import { userRoutes } from './routes/users.ts'
import { viewResultRoutes } from './routes/view-results.ts'
import { viewRoutes } from './routes/views.ts'
import { webhookTestRoutes } from './routes/webhook-tests.ts'
import { webhookRoutes } from './routes/webhooks.ts'

/** Earlier ones win, so paths with words come before paths with ids. */
const ROUTES = [
  userSearchRoutes,
  userRoutes,
  identityRoutes,
  commentRoutes,
  ticketTagRoutes,
  ticketJobRoutes,
  ticketImportRoutes,
  deletedTicketRoutes,
  ticketRoutes,
  catalogueRoutes,
  webhookTestRoutes,
  webhookRoutes,
  triggerRoutes,
  automationRoutes,
  viewResultRoutes,
  viewRoutes,
  incrementalRoutes,
  searchRoutes,
  jobRoutes,
  tokenRoutes,
  uploadRoutes,
]

/** Everything that Zendesk answers for one account. */
export function createZendeskApp(parts: ZendeskParts): Hono<ZendeskEnv> {
  // Zendesk answers every path with and without `.json`.
  const app = new Hono<ZendeskEnv>({
    getPath: (request) => new URL(request.url).pathname.replace(/\.json$/, ''),
  })
  app.route('/', oauthRoutes(parts))
  app.route('/', fileRoutes(parts))

  const api = app.basePath('/api/v2')
  api.use('*', admitUnbuiltWords, authenticate(parts), limitRates(parts), refuseWhatIsNotJson)
  for (const routes of ROUTES) api.route('/', routes(parts))
  answerUnknownWith501(app)
  return app
}

const WORD_FOR_AN_ID = /^\/api\/v2\/[a-z_]+\/[a-z_]+$/

/** `/users/autocomplete` and its like are endpoints of Zendesk, not records that are missing. */
const admitUnbuiltWords: MiddlewareHandler<ZendeskEnv> = async (c, next) => {
  await next()
  const path = c.req.path.replace(/\.json$/, '')
  if (c.req.method !== 'GET' || c.res.status !== 404 || !WORD_FOR_AN_ID.test(path)) return
  c.res = refuse(c, notEmulated(`${c.req.method} ${path}`))
}

/** How Zendesk answers such a body is not known, so nothing is made up. */
const refuseWhatIsNotJson: MiddlewareHandler<ZendeskEnv> = async (c, next) => {
  if (c.req.method === 'GET' || c.req.path === '/api/v2/uploads') return next()
  const text = await c.req.text()
  const isUnreadable = text.trim() !== '' && (await readJson(c)) === null && text.trim() !== 'null'
  if (isUnreadable) return refuse(c, notEmulated('how Zendesk refuses a body that is not JSON'))
  return next()
}
