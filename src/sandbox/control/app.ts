import { Hono } from 'hono'
import type { NativeIntegration } from '../native/integration.ts'
import { type StudioParts, studioRoutes } from '../studio/app.ts'
import { handOffRoutes } from './handoffs.ts'
import { klaviyoControlRoutes } from './klaviyo-routes.ts'
import { nativeRoutes } from './native.ts'
import { oauthControlRoutes } from './oauth.ts'
import { worldRoutes } from './world.ts'
import { zendeskEmailRoutes } from './zendesk-emails.ts'
import { zendeskNewAccountRoutes } from './zendesk-new-account.ts'
import { zendeskTicketRoutes } from './zendesk-tickets.ts'

type ControlParts = StudioParts & { readonly native: NativeIntegration }

/** What the outside world would do, and what both platforms hold. Unknown paths answer 501. */
export function createControlApp(parts: ControlParts): Hono {
  const { world, zendesk, klaviyo, native } = parts

  function reset(): void {
    world.reset()
    zendesk.reset()
    klaviyo.reset()
    native.reset()
  }

  return new Hono()
    .route('/', studioRoutes(parts))
    .route('/', worldRoutes(world, { reset }))
    .route('/', oauthControlRoutes({ zendesk: zendesk.oauth, klaviyo: klaviyo.oauth }))
    .route('/', zendeskTicketRoutes(zendesk))
    .route('/', zendeskEmailRoutes(zendesk))
    .route('/', zendeskNewAccountRoutes(zendesk))
    .route('/', klaviyoControlRoutes(klaviyo, world))
    .route('/', nativeRoutes(native, { zendesk: zendesk.store, klaviyo: klaviyo.store }))
    .route('/', handOffRoutes(native, klaviyo))
}
