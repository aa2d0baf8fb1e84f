import type { KlaviyoEmulator } from '../klaviyo/app.ts'
import type { World } from '../world.ts'
import type { ZendeskEmulator } from '../zendesk/app.ts'
import type { NativeDoubts } from './doubts.ts'
import type { Installations } from './installation.ts'

/** What the integration is built from: both platforms, from the inside. */
export type NativeParts = {
  readonly world: World
  readonly zendesk: ZendeskEmulator
  readonly klaviyo: KlaviyoEmulator
  readonly doubts: NativeDoubts
  readonly installations: Installations
}
