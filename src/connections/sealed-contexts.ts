import type { ConnectionId } from '../kernel/ids.ts'

/*
 * What each sealed value is bound to: it opens for its own connection and purpose alone.
 */

export function credentialsContext(id: ConnectionId): string {
  return `credentials:${id}`
}

export function tokenContext(id: ConnectionId): string {
  return `token:${id}`
}

export function secretContext(id: ConnectionId): string {
  return `webhook:${id}`
}

export function flowContext(stateHash: string): string {
  return `oauth-flow:${stateHash}`
}
