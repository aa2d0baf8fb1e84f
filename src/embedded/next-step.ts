import { pidOf } from './process-stamp.ts'
import type { SeenServer } from './seen-server.ts'

export type Claim = 'service' | 'tool'

/** What a starter does about the server it saw. */
export type NextStep =
  | { readonly kind: 'start'; readonly stalePid: number | null }
  | { readonly kind: 'adopt'; readonly socketDir: string }
  | { readonly kind: 'refuse'; readonly pid: number }
  | { readonly kind: 'wait'; readonly holder: string }
  /** Wait too, and tell the server to end: nobody watches it any more. */
  | { readonly kind: 'evict'; readonly holder: string; readonly pid: number }

/**
 * Decides between starting, adopting, waiting and giving up. A service runs on no server but its
 * own: one that somebody else started ends with them, at a time of their choosing.
 *
 * `isOwnerAlive` is about the process that `seen.owner` names.
 */
export function nextStep(
  seen: SeenServer,
  starter: { readonly claim: Claim; readonly isOwnerAlive: boolean },
): NextStep {
  switch (seen.kind) {
    case 'none':
      return { kind: 'start', stalePid: seen.stalePid }

    case 'busy':
      return { kind: 'wait', holder: `a PostgreSQL that is starting or ending (pid ${seen.pid})` }

    case 'answers': {
      const owner = parseOwner(seen.owner)
      if (owner === null || !starter.isOwnerAlive) {
        return { kind: 'evict', holder: `an orphaned PostgreSQL (pid ${seen.pid})`, pid: seen.pid }
      }
      if (starter.claim === 'tool') return { kind: 'adopt', socketDir: seen.socketDir }
      const pid = pidOf(owner.stamp)
      return owner.claim === 'service'
        ? { kind: 'refuse', pid }
        : { kind: 'wait', holder: `a Replyline command (pid ${pid})` }
    }
  }
}

export function formatOwner(owner: { readonly claim: Claim; readonly stamp: string }): string {
  return `${owner.claim}:${owner.stamp}`
}

/** Reads what `formatOwner` wrote; null for a server that no Replyline started. */
export function parseOwner(text: string): { claim: Claim; stamp: string } | null {
  const [claim, stamp] = text.split(/:(.*)/s)
  if (stamp === undefined || (claim !== 'service' && claim !== 'tool')) return null
  return { claim, stamp }
}
