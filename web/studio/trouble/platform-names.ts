import type { PlatformName } from '../api/trouble-deeds.ts'

/** As people write them. */
export const PLATFORM_NAMES: Readonly<Record<PlatformName, string>> = {
  klaviyo: 'Klaviyo',
  zendesk: 'Zendesk',
}
