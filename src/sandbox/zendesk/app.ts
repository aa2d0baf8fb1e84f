import { Hono } from 'hono'
import type { World } from '../world.ts'
import { authenticate } from './auth.ts'
import { runAutomations } from './automations.ts'
import { defineZendeskDoubts } from './doubts.ts'
import type { ZendeskEnv, ZendeskParts } from './emulator.ts'
import { createZendeskOauth } from './oauth.ts'
import { limitRates } from './rate-limits.ts'
import { automationRoutes } from './routes/automations.ts'
import { catalogueRoutes } from './routes/catalogue.ts'
import { commentRoutes } from './routes/comments.ts'
import { incrementalRoutes } from './routes/incremental.ts'
import { jobRoutes } from './routes/jobs.ts'
import { oauthRoutes } from './routes/oauth.ts'
import { tokenRoutes } from './routes/oauth-tokens.ts'
import { searchRoutes } from './routes/search.ts'
import { ticketTagRoutes } from './routes/ticket-tags.ts'
import { ticketRoutes } from './routes/tickets.ts'
import { triggerRoutes } from './routes/triggers.ts'
import { userSearchRoutes } from './routes/user-search.ts'
import { userRoutes } from './routes/users.ts'
import { viewRoutes } from './routes/views.ts'
import { webhookRoutes } from './routes/webhooks.ts'
import { seed } from './seed.ts'
import { createZendeskStore } from './store.ts'
import { createTicketAnnouncer } from './ticket-announcer.ts'
import { createTicketCommit } from './ticket-commit.ts'
import { createTicketOperations } from './ticket-operations.ts'
import { createUserOperations } from './users.ts'
import { createEventDelivery } from './webhook-delivery.ts'

export type ZendeskEmulator = ReturnType<typeof createZendeskEmulator>

/** Earlier ones win, so paths with words come before paths with ids. */
const ROUTES = [
  userSearchRoutes,
  userRoutes,
  commentRoutes,
  ticketTagRoutes,
  ticketRoutes,
  catalogueRoutes,
  webhookRoutes,
  triggerRoutes,
  automationRoutes,
  viewRoutes,
  incrementalRoutes,
  searchRoutes,
  jobRoutes,
  tokenRoutes,
]

/** The account `nordlys`, seeded. */
export function createZendeskEmulator(world: World) {
  const store = createZendeskStore()
  const doubts = defineZendeskDoubts(world.settings)
  const delivery = createEventDelivery(world, store, doubts)
  const users = createUserOperations({ world, store, doubts })
  const announcer = createTicketAnnouncer({ world, store, doubts, delivery })
  const commit = createTicketCommit({ world, store, announcer })
  const operations = createTicketOperations({ world, store, users, commit, announcer })
  const oauth = createZendeskOauth(world, store)
  const parts: ZendeskParts = { world, store, doubts, users, operations, oauth }
  seed(store, world.clock.now())

  return {
    ...parts,
    app: createZendeskApp(parts),
    /** The hourly run of automations; answers how many tickets changed. */
    runAutomations: () => runAutomations(parts),
    /** Back to the seed. Tokens, webhooks and tickets made since are gone; ids go on. */
    reset() {
      store.clear()
      oauth.reset()
      seed(store, world.clock.now())
    },
  }
}

function createZendeskApp(parts: ZendeskParts): Hono<ZendeskEnv> {
  // Zendesk answers every path with and without `.json`.
  const app = new Hono<ZendeskEnv>({
    getPath: (request) => new URL(request.url).pathname.replace(/\.json$/, ''),
  })
  app.route('/', oauthRoutes(parts))

  const api = app.basePath('/api/v2')
  api.use('*', authenticate(parts), limitRates(parts))
  for (const routes of ROUTES) api.route('/', routes(parts))
  return app
}
