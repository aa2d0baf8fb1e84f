import type { WebhookRecord } from '../entities/webhooks.ts'

/** How one request of a webhook went, at sandbox milliseconds. */
type Result = { readonly at: number; readonly failed: boolean }

/** What Zendesk's circuit breaker remembers of a webhook. */
export type Breaker = { recent: Result[]; openUntil: number }

const WINDOW_MS = 5 * 60_000
const MOST_FAILING_SHARE = 0.7
const MOST_ERRORS = 1_000
/** Our choice: a share of fewer requests says little. */
const FEWEST_JUDGED = 10
/** From memory [M]. */
const PAUSE_MS = 5_000

export function newBreaker(): Breaker {
  return { recent: [], openUntil: 0 }
}

/**
 * Trips when 70 % of the requests of five minutes failed, or more than a thousand did; then the
 * webhook pauses briefly. That there is a breaker is documented, the numbers are second hand [V2].
 * https://developer.zendesk.com/documentation/webhooks/
 */
export function noteForBreaker({ breaker }: WebhookRecord, failed: boolean, now: number): void {
  const recent = [...breaker.recent, { at: now, failed }].filter(({ at }) => at > now - WINDOW_MS)
  breaker.recent = recent
  const errors = recent.filter((result) => result.failed).length
  const isJudged = recent.length >= FEWEST_JUDGED
  const trips = (isJudged && errors / recent.length >= MOST_FAILING_SHARE) || errors > MOST_ERRORS
  if (!failed || !trips) return
  breaker.openUntil = now + PAUSE_MS
  breaker.recent = []
}
