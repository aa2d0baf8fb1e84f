import { Hono } from 'hono'
import { type StudioParts, studioRoutes } from '../studio/app.ts'
import { klaviyoControlRoutes } from './klaviyo-routes.ts'
import { oauthControlRoutes } from './oauth.ts'
import { worldRoutes } from './world.ts'
import { zendeskEmailRoutes } from './zendesk-emails.ts'
import { zendeskNewAccountRoutes } from './zendesk-new-account.ts'
import { zendeskTicketRoutes } from './zendesk-tickets.ts'

/** What the outside world would do, and what both platforms hold. Unknown paths answer 501. */
export function createControlApp(parts: StudioParts): Hono {
  const { world, zendesk, klaviyo } = parts

  function reset(): void {
    world.reset()
    zendesk.reset()
    klaviyo.reset()
  }

  return new Hono()
    .route('/', studioRoutes(parts))
    .route('/', worldRoutes(world, { reset }))
    .route('/', oauthControlRoutes({ zendesk: zendesk.oauth, klaviyo: klaviyo.oauth }))
    .route('/', zendeskTicketRoutes(zendesk))
    .route('/', zendeskEmailRoutes(zendesk))
    .route('/', zendeskNewAccountRoutes(zendesk))
    .route('/', klaviyoControlRoutes(klaviyo, world))
}
