import { MINUTE, SECOND } from '../kernel/instant.ts'
import type { AnswerHeaders } from '../outbound/http-answer.ts'
import type { LimitReading } from '../outbound/limit-reading.ts'

const BUCKET = /^zendesk-rate-?limit-(.+)$/

/**
 * Reads the rate limits an answer announces: `account` for the whole account's window, and each
 * endpoint bucket by its name in the header (`tickets-update`, `ticket-request-create-…`).
 * Both spellings of the bucket headers have been recorded.
 *
 * https://developer.zendesk.com/api-reference/introduction/rate-limits/
 */
export function readZendeskLimits(headers: AnswerHeaders): readonly LimitReading[] {
  const readings = headers.names().map((name) => readBucket(name, headers.get(name) ?? ''))
  return [readAccount(headers), ...readings].filter((reading) => reading !== null)
}

function readAccount(headers: AnswerHeaders): LimitReading | null {
  const remaining = headers.get('ratelimit-remaining') ?? headers.get('x-rate-limit-remaining')
  if (remaining === null || !/^\d+$/.test(remaining)) return null

  const reset = headers.get('ratelimit-reset')
  const resetMs = reset !== null && /^\d+$/.test(reset) ? Number(reset) * SECOND : MINUTE
  const total = headers.get('ratelimit-limit') ?? headers.get('x-rate-limit')
  return { limit: 'account', remaining: Number(remaining), total: toCount(total), resetMs }
}

/** `zendesk-ratelimit-<name>: total=100; remaining=99; resets=41` */
function readBucket(name: string, value: string): LimitReading | null {
  const limit = BUCKET.exec(name)?.[1]
  const remaining = /\bremaining=(\d+)/.exec(value)?.[1]
  const resets = /\bresets=(\d+)/.exec(value)?.[1]
  if (limit === undefined || remaining === undefined || resets === undefined) return null
  const total = /\btotal=(\d+)/.exec(value)?.[1] ?? null
  return {
    limit,
    remaining: Number(remaining),
    total: toCount(total),
    resetMs: Number(resets) * SECOND,
  }
}

function toCount(text: string | null): number | null {
  return text !== null && /^[1-9]\d*$/.test(text) ? Number(text) : null
}
