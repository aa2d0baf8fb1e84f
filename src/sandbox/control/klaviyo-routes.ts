import { Hono } from 'hono'
import type { KlaviyoEmulator } from '../klaviyo/app.ts'
import type { World } from '../world.ts'
import { klaviyoAccountRoutes } from './klaviyo-account.ts'
import { klaviyoNewAccountRoutes } from './klaviyo-new-account.ts'
import { klaviyoPhoneRoutes } from './klaviyo-phones.ts'
import { klaviyoProfileRoutes } from './klaviyo-profiles.ts'

/** The control API's Klaviyo part, with full paths. */
export function klaviyoControlRoutes(klaviyo: KlaviyoEmulator, world: World): Hono {
  return new Hono()
    .route('/', klaviyoPhoneRoutes(klaviyo))
    .route('/', klaviyoProfileRoutes(klaviyo, world.clock))
    .route('/', klaviyoAccountRoutes(klaviyo))
    .route('/', klaviyoNewAccountRoutes(klaviyo.store, world.clock))
}
