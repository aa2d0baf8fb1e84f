import { blockLimit, takeLimits } from '../db/limit-store.ts'
import type { Tx } from '../db/records.ts'
import type { ConnectionId } from '../kernel/ids.ts'
import { type Clock, type Instant, instant } from '../kernel/instant.ts'
import type { LimitReading } from '../outbound/limit-reading.ts'
import { BURST, type Draw, type Limiter } from '../outbound/limiter.ts'

/*
 * The rate limits of one connection, counted in the database for every process.
 *
 * A place is taken before each call. Where a bucket is wide, a process takes a few at once and uses them
 * up within the slot that they were counted in, so that most calls ask nobody. Where it is narrow, each
 * call asks. What the platform announces corrects what we think a bucket holds; what it refuses closes
 * the bucket for all. A bucket that is known to be closed answers from memory, each asker a little later
 * than the one before, so that a backlog does not come back all at once.
 */

/** A bucket of this many or more is taken from in lots: a fortieth at a time. */
const WIDE = 80
const LOTS = 40
/** Askers come a little faster than places become free: who comes in vain waits again, a place left over is lost. */
const EAGERNESS = 1.1

/**
 * Calls that leave a window apart can arrive closer together: by so much a window is taken for longer than
 * it is. A fifth of a burst, which no operation can keep up for long, and less than half a hundredth of a minute.
 */
const MARGIN_MS = 200
const SLOTS = 60

/** Whole slots, so that this process and the database cut time alike. */
function withMargin(perMs: number): number {
  return Math.ceil((perMs + MARGIN_MS) / SLOTS) * SLOTS
}

type Lot = { left: number; readonly goodUntil: number }
type Closed = { until: number; tail: number }

export function createLimiter(deps: {
  readonly db: Tx
  readonly clock: Clock
  readonly id: ConnectionId
  /** What each bucket holds is known only from answers: nothing is kept back before one says so. */
  readonly headersOnly: boolean
}): Limiter {
  const lots = new Map<string, Lot>()
  const closed = new Map<string, Closed>()
  const totals = new Map<string, number>()

  const mostOf = ({ bucket, most }: Draw) =>
    bucket.endsWith(BURST) ? most : (totals.get(bucket.split(' ')[0] ?? '') ?? most)

  /** Puts the asker at the end of the line. */
  function waitFor(draw: Draw, now: number): number {
    const gate = closed.get(draw.bucket)
    if (gate === undefined || gate.until <= now) {
      if (gate !== undefined) closed.delete(draw.bucket)
      return 0
    }
    gate.tail = Math.max(gate.tail, gate.until) + draw.perMs / mostOf(draw) / EAGERNESS
    return gate.tail - now
  }

  function close(bucket: string, until: number): void {
    const gate = closed.get(bucket)
    if (gate === undefined) closed.set(bucket, { until, tail: until })
    else gate.until = Math.max(gate.until, until)
  }

  function giveBack(draws: readonly Draw[]): void {
    for (const { bucket } of draws) {
      const lot = lots.get(bucket)
      if (lot !== undefined) lot.left += 1
    }
  }

  /** From what was taken in advance; false when that is used up, or too old. */
  function takeFromLot({ bucket }: Draw, now: number): boolean {
    const lot = lots.get(bucket)
    if (lot === undefined || lot.left === 0 || lot.goodUntil <= now) return false
    lot.left -= 1
    return true
  }

  /** Takes a lot of each, or of none; answers the wait. */
  async function takeLots(draws: readonly Draw[], now: Instant): Promise<number> {
    const takings = draws.map((draw) => {
      const most = mostOf(draw)
      const perMs = withMargin(draw.perMs)
      return { ...draw, perMs, most, count: most >= WIDE ? Math.floor(most / LOTS) : 1 }
    })
    const waitMs = await takeLimits(deps.db, deps.id, takings, now)
    for (const { bucket, count, perMs } of takings) {
      const slotMs = perMs / 60
      if (waitMs > 0) close(bucket, now + waitMs)
      else lots.set(bucket, { left: count - 1, goodUntil: now - (now % slotMs) + slotMs })
    }
    return waitMs
  }

  return {
    peek: (draws) => {
      const now = deps.clock.now()
      return Math.max(0, ...draws.map((draw) => waitFor(draw, now)))
    },

    async take(draws) {
      const now = deps.clock.now()
      const wanted = deps.headersOnly ? draws.filter(({ bucket }) => closed.has(bucket)) : draws
      const missing = wanted.filter((draw) => !takeFromLot(draw, now))
      const waitMs = missing.length === 0 ? 0 : await takeLots(missing, now)
      if (waitMs > 0) giveBack(wanted.filter((draw) => !missing.includes(draw)))
      return waitMs
    },

    hear({ limit, remaining, total, resetMs }: LimitReading) {
      if (total !== null) totals.set(limit, total)
      if (remaining === 0) close(limit, deps.clock.now() + resetMs)
    },

    async refused(draws, waitMs) {
      const now = deps.clock.now()
      const empty = draws.filter(({ bucket }) => (closed.get(bucket)?.until ?? 0) > now)
      const last = draws.at(-1)
      const full = empty.length > 0 || last === undefined ? empty : [last]
      for (const { bucket } of full) {
        close(bucket, now + waitMs)
        await blockLimit(deps.db, deps.id, bucket, instant(now + waitMs))
      }
    },
  }
}
