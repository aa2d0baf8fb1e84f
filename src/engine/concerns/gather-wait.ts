import { SECOND } from '../../kernel/instant.ts'
import type { ApiProblem } from '../../outbound/api-problem.ts'
import { type Wait, waitAfter } from '../retry.ts'
import type { Run } from '../run.ts'

/** How long work waits for a platform to be readable before it goes on with the event alone. */
const PATIENCE_MS = 30 * SECOND
/** Backoff grows by one step for each of these. */
const TRY_MS = 5 * SECOND

/** How long to wait after a read that gave no answer to decide on. */
export function gatherWait(
  run: Run,
  problem: Exclude<ApiProblem, { kind: 'refused' }>,
  platform: string,
): Wait {
  return waitAfter(problem, platform, Math.floor(failingForMs(run) / TRY_MS), run.deps.jitter())
}

/** Whether reading has failed for so long that the event alone must do. Counted from the first failure. */
export function isOutOfPatience(run: Run): boolean {
  return failingForMs(run) > PATIENCE_MS
}

function failingForMs({ deps, item }: Run): number {
  return item.failingSince === null ? 0 : deps.clock.now() - item.failingSince
}
