import { Hono } from 'hono'
import type { KlaviyoEmulator } from '../klaviyo/app.ts'
import type { World } from '../world.ts'
import type { ZendeskEmulator } from '../zendesk/app.ts'
import { assigneeRoutes } from './assignee.ts'
import { castRoutes } from './cast.ts'
import { changeStreamRoutes } from './change-stream.ts'
import type { StudioHost } from './host.ts'
import { hostRoutes } from './host-routes.ts'
import { pageRoutes } from './pages.ts'
import { troubleRoutes } from './troubles.ts'

export type StudioParts = {
  readonly world: World
  readonly zendesk: ZendeskEmulator
  readonly klaviyo: KlaviyoEmulator
  /** Where the built page lies, or will; null when nobody builds it. */
  readonly folder: string | null
  readonly findHost: () => StudioHost | null
}

const DEEDS = ['POST', 'PUT', 'DELETE']

/** The studio: its page at `/`, and under `/studio` what the control API does not say. */
export function studioRoutes({ world, zendesk, klaviyo, folder, findHost }: StudioParts): Hono {
  const app = new Hono()
  app.on(DEEDS, '/studio/*', async (c, next) => {
    // A page elsewhere could ask a browser to kill the service; this is how browsers tell.
    if (c.req.header('sec-fetch-site') === 'cross-site')
      return c.json({ error: 'Forbidden', description: 'ask from the page of the studio' }, 403)
    return next()
  })
  app.on(DEEDS, ['/control/*', '/studio/*'], async (_c, next) => {
    await next()
    world.changes.note()
  })
  return app
    .route('/', pageRoutes(folder))
    .route('/', changeStreamRoutes(world.changes))
    .route('/', castRoutes({ klaviyo: klaviyo.store, zendesk: zendesk.store }))
    .route('/', assigneeRoutes(zendesk))
    .route('/', troubleRoutes({ world, klaviyo: klaviyo.store }))
    .route('/', hostRoutes(findHost))
}
