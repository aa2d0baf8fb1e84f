import { type Instant, SECOND } from '../kernel/instant.ts'
import type { ApiProblem } from './api-problem.ts'
import { masked } from './exchange-record.ts'
import type { HttpAnswer } from './http-answer.ts'
import { parseJson } from './read-answer.ts'
import { retryAfterMs } from './retry-after.ts'

/** What a platform's error body says: its own word for the error, and a sentence. */
export type ApiError = { readonly code: string | null; readonly detail: string | null }

/** Reads a platform's parsed error body. Must cope with any JSON. */
export type ErrorReader = (body: unknown) => ApiError

const DEFAULT_WAIT_MS = 5 * SECOND
/** A wait of nothing (a date already past, by clock skew) would make a busy loop. */
const SHORTEST_WAIT_MS = 1 * SECOND
const LONGEST_DETAIL = 500

/**
 * Names the problem in an answer that is no success (not 2xx).
 *
 * A 403 that is not JSON is not the platform refusing but a proxy in front of it (Cloudflare, see
 * https://github.com/klaviyo/klaviyo-api-python/issues/84), so it is `unavailable`. So is 408.
 * A redirect is `refused`: it is never followed, and the address needs a person's attention.
 */
export function toApiProblem(answer: HttpAnswer, now: Instant, readError: ErrorReader): ApiProblem {
  const { status } = answer
  const body = parseJson(answer.text)
  const error = body.ok ? readError(body.value) : NOTHING_SAID
  const detail = describe(answer, error)
  const wait = retryAfterMs(answer.headers.get('retry-after'), now)

  if (status === 429) {
    const waitMs = Math.max(wait ?? DEFAULT_WAIT_MS, SHORTEST_WAIT_MS)
    return { kind: 'rate_limited', touched: 'no', isOwn: false, retryAfterMs: waitMs, detail }
  }
  if (status === 401) return { kind: 'unauthorised', touched: 'no', detail }
  if (status >= 500 || status === 408 || (status === 403 && !isJsonObject(body))) {
    return { kind: 'unavailable', touched: 'maybe', status, retryAfterMs: wait, detail }
  }

  const parsed = body.ok ? body.value : null
  return { kind: 'refused', touched: 'no', status, code: error.code, detail, body: parsed }
}

const NOTHING_SAID: ApiError = { code: null, detail: null }

function isJsonObject(body: ReturnType<typeof parseJson>): boolean {
  return body.ok && typeof body.value === 'object' && body.value !== null
}

function describe(answer: HttpAnswer, error: ApiError): string {
  const location = answer.headers.get('location')
  if (answer.status < 400 && location !== null) return `answered ${answer.status}, a redirect`

  const said = [error.code, error.detail].filter((part) => part !== null && part !== '').join(': ')
  return masked(`answered ${answer.status}${said === '' ? '' : `, ${said}`}`).slice(
    0,
    LONGEST_DETAIL,
  )
}
