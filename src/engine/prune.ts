import { setTimeout as delay } from 'node:timers/promises'
import { pruneEvents, pruneKeys } from '../db/prune-store.ts'
import type { Tx } from '../db/records.ts'
import type { EventId } from '../kernel/ids.ts'
import { type Clock, HOUR, instant, MINUTE } from '../kernel/instant.ts'

/*
 * Keeps the database from growing for ever: the log of what came and what was done goes after
 * `keepDays`, the dedupe keys after ninety days or as many. Every copy of the service does it, in small
 * batches with a rest between them; what one has locked the others leave.
 */

export type PruneDeps = {
  readonly db: Tx
  readonly clock: Clock
  readonly keepDays: number
  readonly log: {
    info(fields: object, message: string): void
    warn(fields: object, message: string): void
  }
}

const DAY = 24 * HOUR
/** Longer than any sender retries, and than any feed is read again. */
const KEEP_KEYS_DAYS = 90
const BATCH = 500
const REST_MS = 50
const FIRST_AFTER_MS = MINUTE
const EVERY_MS = HOUR

/** Starts clearing, a minute from now and then every hour; `stop` waits for the batch under way. */
export function startPruner(deps: PruneDeps): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const ended = prunes(deps, stopping.signal)
  return {
    async stop() {
      stopping.abort()
      await ended
    },
  }
}

async function prunes(deps: PruneDeps, signal: AbortSignal): Promise<void> {
  for (let wait = FIRST_AFTER_MS; await rested(wait, signal); wait = EVERY_MS) {
    try {
      const gone = await prune(deps, signal)
      if (gone.events + gone.keys > 0) deps.log.info(gone, 'old records were cleared away')
    } catch (error) {
      deps.log.warn({ err: error }, 'old records could not be cleared away')
    }
  }
}

/** Clears once, to the end or until it is told to stop. */
export async function prune(
  { db, clock, keepDays }: Omit<PruneDeps, 'log'>,
  signal?: AbortSignal,
): Promise<{ readonly events: number; readonly keys: number }> {
  const now = clock.now()
  const before = instant(now - keepDays * DAY)
  const keysBefore = instant(now - Math.max(KEEP_KEYS_DAYS, keepDays) * DAY)
  let events = 0
  let after: EventId | null = null
  do {
    const batch: Awaited<ReturnType<typeof pruneEvents>> = await pruneEvents(
      db,
      before,
      after,
      BATCH,
    )
    events += batch.count
    after = batch.next
  } while (after !== null && (await rested(REST_MS, signal)))
  let keys = 0
  for (let gone = BATCH; gone === BATCH && signal?.aborted !== true; keys += gone)
    gone = await pruneKeys(db, keysBefore, BATCH)
  return { events, keys }
}

/** Waits; false when it is told to stop meanwhile. */
function rested(ms: number, signal?: AbortSignal): Promise<boolean> {
  return delay(ms, true, signal === undefined ? {} : { signal, ref: false }).catch(() => false)
}
