import { Hono } from 'hono'
import type { KlaviyoEmulator } from '../klaviyo/app.ts'
import type { World } from '../world.ts'
import type { ZendeskEmulator } from '../zendesk/app.ts'
import { klaviyoControlRoutes } from './klaviyo-routes.ts'
import { oauthControlRoutes } from './oauth.ts'
import { rootPage } from './root-page.ts'
import { worldRoutes } from './world.ts'
import { zendeskEmailRoutes } from './zendesk-emails.ts'
import { zendeskTicketRoutes } from './zendesk-tickets.ts'

type ControlParts = {
  readonly world: World
  readonly zendesk: ZendeskEmulator
  readonly klaviyo: KlaviyoEmulator
}

/** What the outside world would do, and what both platforms hold. Unknown paths answer 501. */
export function createControlApp({ world, zendesk, klaviyo }: ControlParts): Hono {
  function reset(): void {
    world.reset()
    zendesk.reset()
    klaviyo.reset()
  }

  return new Hono()
    .get('/', (c) => c.html(rootPage()))
    .route('/', worldRoutes(world, { reset }))
    .route('/', oauthControlRoutes({ zendesk: zendesk.oauth, klaviyo: klaviyo.oauth }))
    .route('/', zendeskTicketRoutes(zendesk))
    .route('/', zendeskEmailRoutes(zendesk))
    .route('/', klaviyoControlRoutes(klaviyo, world))
}
