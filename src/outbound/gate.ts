import type { Result } from '../kernel/result.ts'
import type { ApiProblem } from './api-problem.ts'

/**
 * Whether a platform is called at all. Shut while it does not answer, or while a person wants it left
 * alone: then a call is answered with the reason, and nothing leaves. Whoever calls asks before, and
 * tells how the call ended after.
 */
export type Gate = {
  /** Null when the call may be made. Costs nothing. */
  whyShut(): Extract<ApiProblem, { kind: 'held' }> | null
  /** Hears how a call ended, an answer or none. */
  heard(outcome: Result<unknown, ApiProblem>): void
}
