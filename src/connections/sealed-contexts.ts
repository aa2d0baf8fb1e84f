import type { Platform } from '../db/records.ts'
import type { BridgeId } from '../kernel/ids.ts'

/** What a sealed credential is bound to: it does not open for another bridge or platform. */
export function credentialsContext(id: BridgeId, platform: Platform): string {
  return `credentials:${id}:${platform}`
}

export function secretContext(id: BridgeId, platform: Platform): string {
  return `webhook:${id}:${platform}`
}
