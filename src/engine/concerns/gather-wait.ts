import type { About } from '../../db/records.ts'
import { SECOND } from '../../kernel/instant.ts'
import type { ApiProblem } from '../../outbound/api-problem.ts'
import { type Wait, waitAfter } from '../retry.ts'
import type { Run } from '../run.ts'

/** How long work waits for a platform to be readable before it goes on with the event alone. */
const PATIENCE_MS = 30 * SECOND
/** Backoff grows by one step for each of these. */
const TRY_MS = 5 * SECOND

/** Work that goes on without what could not be read, so that no wait is longer than its patience. */
const HAVE_PATIENCE: ReadonlySet<About> = new Set(['customer_message', 'comment'])

/** How long to wait after a read that gave no answer to decide on. */
export function gatherWait(
  run: Run,
  problem: Exclude<ApiProblem, { kind: 'refused' }>,
  platform: string,
): Wait {
  const tries = Math.floor(failingForMs(run) / TRY_MS)
  const wait = waitAfter(problem, platform, tries, run.deps.jitter())
  return HAVE_PATIENCE.has(run.item.about)
    ? { ...wait, waitMs: Math.min(wait.waitMs, PATIENCE_MS + SECOND) }
    : wait
}

/** Whether reading has failed for so long that the event alone must do. Counted from the first failure. */
export function isOutOfPatience(run: Run): boolean {
  return failingForMs(run) > PATIENCE_MS
}

function failingForMs({ deps, item }: Run): number {
  return item.failingSince === null ? 0 : deps.clock.now() - item.failingSince
}
