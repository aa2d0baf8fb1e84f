import type { Problem } from '../api/queries.ts'

/** A problem that somebody here did something about, so that it stays in view. */
export type Kept = {
  readonly problem: Problem
  /** What happens now; null where it was refused. */
  readonly now: string | null
}

/**
 * The list as it is shown: what the service lists, and in between what was dealt with here. One that
 * failed again since, which its record of interventions tells, is a problem again.
 */
export function shownOf(listed: readonly Problem[], kept: readonly Kept[]): readonly Kept[] {
  const byId = new Map(kept.map((one) => [one.problem.id, one]))
  const rows = listed.map((problem) => {
    const mine = byId.get(problem.id)
    byId.delete(problem.id)
    const isBefore =
      mine !== undefined && problem.interventions.length <= mine.problem.interventions.length
    return isBefore ? { problem, now: mine.now } : { problem, now: null }
  })
  const all = [...rows, ...byId.values()]
  return all.toSorted((a, b) => Date.parse(b.problem.at) - Date.parse(a.problem.at))
}
