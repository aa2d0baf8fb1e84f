import type { Result } from '../kernel/result.ts'
import type { ApiProblem } from './api-problem.ts'
import { asError, describeError } from './describe-error.ts'
import type { LimitReading } from './limit-reading.ts'

/** At most `most` calls in any `perMs` milliseconds, counted under the name `bucket`. */
export type Draw = { readonly bucket: string; readonly most: number; readonly perMs: number }

/**
 * Keeps a platform's rate limits before a call, for every process that calls the same account. Whoever
 * implements it counts; whoever calls draws once for each request that leaves.
 */
export type Limiter = {
  /** Takes a place in every bucket, or in none: then answers the milliseconds to wait, else 0. Rejects when it cannot know. */
  take(draws: readonly Draw[]): Promise<number>
  /** The wait that `take` would likely answer, from what this process knows; takes nothing. Each asker gets a later one. */
  peek(draws: readonly Draw[]): number
  /** Hears what an answer announced: a bucket may hold more or less than was thought, or be empty. */
  hear(reading: LimitReading): void
  /** Hears of a 429: the bucket that was full stays closed to every process for this long. */
  refused(draws: readonly Draw[], waitMs: number): Promise<void>
}

/** Ends the name of a bucket whose size no answer announces: what is announced is the longer window. */
export const BURST = ' burst'

/** What a call costs where a platform gives two windows for each operation. */
export function burstAndSteady(bucket: string, perSecond: number, perMinute: number): Draw[] {
  return [
    { bucket: `${bucket}${BURST}`, most: perSecond, perMs: 1_000 },
    { bucket, most: perMinute, perMs: 60_000 },
  ]
}

/** Takes the places of one call; the problem to answer instead of calling when there are none, else null. */
export async function holdBack(
  limiter: Limiter | undefined,
  draws: readonly Draw[],
): Promise<ApiProblem | null> {
  if (limiter === undefined) return null
  try {
    const waitMs = await limiter.take(draws)
    if (waitMs === 0) return null
    const detail = `no more than ${draws.map(inWords).join(', ')}`
    return { kind: 'rate_limited', touched: 'no', isOwn: true, retryAfterMs: waitMs, detail }
  } catch (error) {
    const detail = `the limits on calls could not be counted: ${describeError(asError(error))}`
    return { kind: 'unreachable', touched: 'no', detail }
  }
}

function inWords({ bucket, most, perMs }: Draw): string {
  return `${most} calls in ${perMs / 1_000} s (${bucket})`
}

/** Closes what a 429 says is full. That it cannot be written down harms nobody: the next 429 says it again. */
export async function tellRefusal(
  limiter: Limiter | undefined,
  draws: readonly Draw[],
  outcome: Result<unknown, ApiProblem>,
): Promise<void> {
  if (outcome.ok || outcome.problem.kind !== 'rate_limited') return
  await limiter?.refused(draws, outcome.problem.retryAfterMs).catch(() => undefined)
}
