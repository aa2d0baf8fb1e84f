import { SECOND } from '../kernel/instant.ts'
import type { AnswerHeaders } from '../outbound/http-answer.ts'
import type { LimitReading } from '../outbound/limit-reading.ts'

/**
 * Reads what an answer says about the operation's steady (one minute) window. A 429 carries
 * `Retry-After` in place of these, so it yields null.
 *
 * https://developers.klaviyo.com/en/docs/rate_limits_and_error_handling
 */
export function readKlaviyoLimit(headers: AnswerHeaders, operation: string): LimitReading | null {
  const remaining = headers.get('ratelimit-remaining') ?? ''
  const reset = headers.get('ratelimit-reset') ?? ''
  if (!/^\d+$/.test(remaining) || !/^\d+$/.test(reset)) return null
  const total = steadyTotal(headers.get('ratelimit-limit') ?? '')
  return {
    limit: operation,
    remaining: Number(remaining),
    total,
    resetMs: Number(reset) * SECOND,
  }
}

/** `60`, or with both windows, as was recorded: `3, 3;w=1, 60;w=60`. */
function steadyTotal(text: string): number | null {
  const total = /^(\d+)$/.exec(text)?.[1] ?? /(\d+);w=60\b/.exec(text)?.[1]
  return total === undefined || Number(total) === 0 ? null : Number(total)
}
