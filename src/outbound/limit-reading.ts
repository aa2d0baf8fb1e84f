/**
 * What one answer's headers said about one rate limit. `limit` is the platform's own name for the
 * window (`account`, a bucket, or an operation); `resetMs` counts from when the answer arrived.
 */
export type LimitReading = {
  readonly limit: string
  readonly remaining: number
  readonly resetMs: number
}

/** Told of every reading, on success and on refusal. Must not throw; its answer is not waited for. */
export type OnLimits = (reading: LimitReading) => void
