import type { RateLimits } from '../../core/rate-limit.ts'
import type { Operation } from './operation.ts'

const SECOND = 1_000
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** Whether a call may pass, and the headers that its answer carries. */
export type RateDecision =
  | { readonly kind: 'pass'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }

type RatedCall = {
  readonly limits: RateLimits
  /** Whose calls are counted together: an account's private keys, or one install of an app. */
  readonly quota: string
  readonly operationId: string
  readonly operation: Operation
}

/**
 * Counts a call against the burst and the steady window of one operation. A passing
 * answer announces the steady window in `RateLimit-*`; a 429 carries `Retry-After` instead.
 * https://developers.klaviyo.com/en/docs/rate_limits_and_error_handling
 */
export function rateCall({ limits, quota, operationId, operation }: RatedCall): RateDecision {
  const key = `klaviyo:${quota}:${operationId}`
  const windows = [
    { key: `${key}:burst`, limit: operation.burst, windowMs: SECOND },
    { key: `${key}:steady`, limit: operation.steady, windowMs: MINUTE },
    ...(operation.daily === undefined
      ? []
      : [{ key: `${key}:daily`, limit: operation.daily, windowMs: DAY }]),
  ]
  const refusedForMs = windows
    .map(({ key, limit, windowMs }) => limits.peek(key, limit, windowMs))
    .filter(({ allowed }) => !allowed)
    .map(({ resetMs }) => resetMs)
  if (refusedForMs.length > 0) {
    return { kind: 'throttled', retryAfterSeconds: toSeconds(Math.max(...refusedForMs)) }
  }

  const taken = windows.map(({ key, limit, windowMs }) => limits.take(key, limit, windowMs))
  const steady = taken[1] ?? { remaining: operation.steady, resetMs: MINUTE }
  return {
    kind: 'pass',
    headers: {
      'RateLimit-Limit': String(operation.steady),
      'RateLimit-Remaining': String(steady.remaining),
      'RateLimit-Reset': String(toSeconds(steady.resetMs)),
    },
  }
}

/** Whole seconds, at least one: a client that waits them is let through. */
function toSeconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / SECOND))
}
