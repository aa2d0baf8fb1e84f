/**
 * Why a call to a platform did not give its answer, named by what to do next.
 *
 * `touched` says whether the platform may have done the work all the same; it, not the status,
 * chooses between calling again and looking first.
 */
export type ApiProblem =
  /** No answer came. `touched: 'no'` only when the request never left (DNS, connect, our own refusal). */
  | { readonly kind: 'unreachable'; readonly touched: 'no' | 'maybe'; readonly detail: string }
  /** 429, or kept back by our own count of the limit (`isOwn`). Nothing was done. Wait at least `retryAfterMs`. */
  | {
      readonly kind: 'rate_limited'
      readonly touched: 'no'
      readonly isOwn: boolean
      readonly retryAfterMs: number
      readonly detail: string
    }
  /** Not called: the platform does not answer, or a person paused the connection. Nothing left. */
  | {
      readonly kind: 'held'
      readonly touched: 'no'
      readonly retryAfterMs: number
      readonly detail: string
    }
  /** 5xx, or a success whose body could not be read. The work may have been done. */
  | {
      readonly kind: 'unavailable'
      readonly touched: 'maybe'
      readonly status: number
      readonly retryAfterMs: number | null
      readonly detail: string
    }
  /** 401, after one renewal of the token was tried. The connection needs a person. */
  | { readonly kind: 'unauthorised'; readonly touched: 'no'; readonly detail: string }
  /** Any other 4xx: a fact to decide on. `code` is the platform's own word, `body` the parsed answer. */
  | {
      readonly kind: 'refused'
      readonly touched: 'no'
      readonly status: number
      readonly code: string | null
      readonly detail: string
      readonly body: unknown
      /** What was asked, where it is known. */
      readonly call?: RefusedCall
    }

/** A call as it was made, without what proves who made it. */
export type RefusedCall = {
  readonly method: string
  readonly path: string
  readonly body?: unknown
}
