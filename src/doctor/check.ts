import type { Area } from './finding.ts'
import type { Judgement } from './judge/judgement.ts'

/** One question, and the asking of it. */
export type Check = {
  readonly name: string
  readonly area: Area
  readonly about: string
  /** What is being looked at, as it is shown meanwhile. */
  readonly looksAt: string
  ask(): Promise<readonly Judgement[]>
}

/**
 * Checks that run one after the other, so that nobody is asked too fast. Lanes run side by side. A gate
 * that finds a problem ends its lane: behind it everything else would fail for the same reason.
 */
export type Lane = { readonly gates: readonly Check[]; readonly checks: readonly Check[] }

/** Asks at the first call, and answers the same to every later one. */
export function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null
  return () => {
    asked ??= ask()
    return asked
  }
}
