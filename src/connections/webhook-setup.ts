import type { Platform } from '../db/records.ts'
import type { ConnectionId } from '../kernel/ids.ts'

/** What an installation did, in words; `changed` is false when all was as it should be. */
export type Installed = { readonly says: string; readonly changed: boolean }

/** Where a platform delivers an account's events. */
export function webhookUrl(publicUrl: string, platform: Platform, id: ConnectionId): string {
  return `${publicUrl}/webhooks/${platform}/${id}`
}

/** Told apart from other people's webhooks, and from those of another installation, by this name. */
export function webhookName(publicUrl: string): string {
  return `Replyline at ${new URL(publicUrl).host}`
}

export function toldInstalled(platform: string, wasMissing: boolean, wasRight: boolean): Installed {
  if (wasMissing) return { says: `${platform} webhook made`, changed: true }
  return wasRight
    ? { says: `${platform} webhook as it should be`, changed: false }
    : { says: `${platform} webhook put right`, changed: true }
}
