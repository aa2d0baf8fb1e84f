import { MINUTE, SECOND } from '../kernel/instant.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'

/** A reason to let a lane stand still for a while, in words for the operator. */
export type Wait = { readonly waitMs: number; readonly because: string }

/** Longest pause between two tries at a platform that is down: what its return costs at most. */
const MAX_BACKOFF_MS = 30 * SECOND
const RECONNECT_MS = MINUTE

/** Doubles from one second, at most `MAX_BACKOFF_MS`, with up to a fifth of `jitter` (0..1) on top. */
export function backoffMs(tries: number, jitter: number): number {
  const base = Math.min(MAX_BACKOFF_MS, SECOND * 2 ** Math.min(tries, 10))
  return Math.round(base * (1 + 0.2 * jitter))
}

/** How long to wait after a call that gave no answer to decide on. `refused` is not one of them. */
export function waitAfter(
  problem: Exclude<ApiProblem, { kind: 'refused' }>,
  platform: string,
  tries: number,
  jitter: number,
): Wait {
  switch (problem.kind) {
    case 'rate_limited':
      return {
        waitMs: Math.max(problem.retryAfterMs, 100),
        because: problem.isOwn
          ? `${platform}'s limit on calls, until the next one is free`
          : `${platform} asked to slow down`,
      }
    case 'unauthorised':
      return {
        waitMs: RECONNECT_MS,
        because: `the ${platform} connection must be reconnected: ${problem.detail}`,
      }
    case 'unavailable':
      return {
        waitMs: Math.max(problem.retryAfterMs ?? 0, backoffMs(tries, jitter)),
        because: /^answered \d/.test(problem.detail)
          ? `${platform} ${problem.detail}`
          : `${platform} answered ${problem.status}: ${problem.detail}`,
      }
    case 'held':
      return { waitMs: problem.retryAfterMs, because: problem.detail }
    case 'unreachable':
      return {
        waitMs: backoffMs(tries, jitter),
        because: `${platform} did not answer: ${problem.detail}`,
      }
  }
}
