/**
 * What one answer's headers said about one rate limit. `limit` is the platform's own name for the
 * window (`account`, a bucket, or an operation); `resetMs` counts from when the answer arrived.
 */
export type LimitReading = {
  readonly limit: string
  readonly remaining: number
  /** How many the window holds in all; null when it is not said. */
  readonly total: number | null
  readonly resetMs: number
}
