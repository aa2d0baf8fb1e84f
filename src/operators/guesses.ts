import { randomInt } from 'node:crypto'
import { type Clock, type Instant, MINUTE, SECOND } from '../kernel/instant.ts'
import { type Chance, createDraws } from './draws.ts'

/*
 * How guessing is slowed. Every try counts against what it is for (a name, the set-up token, a browser
 * that signed in before) before it is judged, so that a thousand at once are no way around. Five are
 * free; after that one in each half second is let through, drawn by lot. So nobody guesses faster than
 * twice a second, from however many addresses, and nobody is kept out by whoever asks most.
 *
 * A browser that signed in before has a count of its own, which no stranger can use up.
 *
 * Kept in this process's memory alone and bounded: who fills it pushes out the oldest counts first.
 */

/** What a try is for. */
export type Aim = {
  readonly kind: 'name' | 'browser' | 'setup_token'
  readonly value: string
}

export type Guesses = {
  /** Counts a try; answers 0 when it may be judged, else the milliseconds after which to come again. */
  begin(aim: Aim, sender: string): Promise<number>
  /** The last try was right: the count begins anew. */
  forgive(aim: Aim): void
  /** How often it was tried of late. */
  triesOf(aim: Aim): number
  /** How many counts are kept. */
  size(): number
}

type GuessesDeps = { readonly clock: Clock; readonly chance?: Chance; readonly mostKept?: number }
type Tries = { readonly count: number; readonly lastAt: Instant }

const FREE_TRIES = 5
const COME_AGAIN_MS = SECOND
const FORGOTTEN_AFTER_MS = 15 * MINUTE
const MOST_KEPT = 10_000

export function createGuesses({
  clock,
  chance = (below) => randomInt(below),
  mostKept = MOST_KEPT,
}: GuessesDeps): Guesses {
  const kept = new Map<string, Tries>()
  const draws = createDraws(chance)

  function recentTries(id: string): number {
    const before = kept.get(id)
    return before !== undefined && clock.now() - before.lastAt < FORGOTTEN_AFTER_MS
      ? before.count
      : 0
  }

  function count(id: string): void {
    const tries = recentTries(id) + 1
    // Put at the end, so that the first of the map is the one that was tried longest ago.
    kept.delete(id)
    kept.set(id, { count: tries, lastAt: clock.now() })
    const [oldest] = kept.keys()
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
  }

  return {
    async begin(aim, sender) {
      const id = idOf(aim)
      if (recentTries(id) >= FREE_TRIES && !(await draws.enter(id, sender))) return COME_AGAIN_MS
      count(id)
      return 0
    },
    forgive: (aim) => void kept.delete(idOf(aim)),
    triesOf: (aim) => recentTries(idOf(aim)),
    size: () => kept.size,
  }
}

function idOf({ kind, value }: Aim): string {
  return `${kind} ${value}`
}
