import { type Clock, type Instant, instant, MINUTE, SECOND } from '../kernel/instant.ts'

/*
 * How guessing is slowed. Every try counts against what it is for (a name, the sender's address, the
 * set-up token) before it is judged, so that a thousand at once are no way around. A few are free;
 * after that each one must wait, twice as long as the one before, a minute at most: too slow for who
 * guesses, and never a lock-out for who forgot. What is refused for waiting does not count.
 *
 * Kept in this process's memory alone and bounded: who fills it pushes out the oldest counts first.
 */

/** What a try counts against. */
export type GuessKey = {
  readonly kind: 'name' | 'address' | 'setup_token'
  readonly value: string
}

export type Guesses = {
  /** Counts a try; answers the milliseconds it has to wait when it comes too soon, else 0. */
  begin(keys: readonly GuessKey[]): number
  /** Takes back the last try, which was right: its name begins anew. */
  forgive(keys: readonly GuessKey[]): void
  /** How often it was tried of late. */
  triesOf(key: GuessKey): number
  /** How many counts are kept. */
  size(): number
}

type Tries = { readonly count: number; readonly openAt: Instant; readonly lastAt: Instant }

/** A whole office may share an address. */
const FREE_TRIES: Record<GuessKey['kind'], number> = { name: 5, setup_token: 5, address: 20 }
const LONGEST_WAIT_MS = MINUTE
const FORGOTTEN_AFTER_MS = 15 * MINUTE
const MOST_KEPT = 10_000

export function createGuesses(clock: Clock, mostKept = MOST_KEPT): Guesses {
  const kept = new Map<string, Tries>()

  function count(key: GuessKey, now: Instant): void {
    const id = idOf(key)
    const before = kept.get(id)
    const isRecent = before !== undefined && now - before.lastAt < FORGOTTEN_AFTER_MS
    const tries = (isRecent ? before.count : 0) + 1
    // Put at the end, so that the first of the map is the one that was tried longest ago.
    kept.delete(id)
    kept.set(id, { count: tries, openAt: openAfter(tries, key.kind, now), lastAt: now })
    const [oldest] = kept.keys()
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
  }

  return {
    begin(keys) {
      const now = clock.now()
      const waitMs = Math.max(...keys.map((key) => waitOf(kept.get(idOf(key)), now)))
      if (waitMs > 0) return waitMs
      for (const key of keys) count(key, now)
      return 0
    },
    forgive(keys) {
      for (const key of keys) {
        const tries = kept.get(idOf(key))
        if (key.kind !== 'address') kept.delete(idOf(key))
        else if (tries !== undefined)
          kept.set(idOf(key), { ...tries, count: tries.count - 1, openAt: tries.lastAt })
      }
    },
    triesOf: (key) => kept.get(idOf(key))?.count ?? 0,
    size: () => kept.size,
  }
}

function idOf({ kind, value }: GuessKey): string {
  return `${kind} ${value}`
}

function openAfter(tries: number, kind: GuessKey['kind'], now: Instant): Instant {
  const over = tries - FREE_TRIES[kind]
  return over < 0 ? now : instant(now + Math.min(SECOND * 2 ** over, LONGEST_WAIT_MS))
}

/** A wait that is longer than the longest comes of a clock that was set back. */
function waitOf(tries: Tries | undefined, now: Instant): number {
  const waitMs = tries === undefined ? 0 : tries.openAt - now
  return waitMs > LONGEST_WAIT_MS ? 0 : Math.max(0, waitMs)
}
