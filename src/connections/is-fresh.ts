import type { Instant } from '../kernel/instant.ts'

/** Whether what was read then may still be used. A clock that was set back makes everything stale, not fresh for ever. */
export function isFresh(readAt: Instant, now: Instant, freshMs: number): boolean {
  return now >= readAt && now - readAt < freshMs
}
