import type { ConnectionRow } from '../db/connection-store.ts'
import type { Tx } from '../db/records.ts'
import {
  claimProbe,
  listStillConnections,
  markDown,
  markUp,
  type StillConnection,
} from '../db/still-connections.ts'
import type { ConnectionId } from '../kernel/ids.ts'
import { type Clock, type Instant, instant, MINUTE, SECOND, toIso } from '../kernel/instant.ts'
import type { Result } from '../kernel/result.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import type { Gate } from '../outbound/gate.ts'

/*
 * A breaker for each connection, shared by every process through the database.
 *
 *   open ──five calls in a row without an answer──▶ shut ──a question answered──▶ open
 *
 * While it is shut nothing leaves but one small question, asked by one process at a time, after one
 * second at first and every thirty at most. Work parks long, and all of it is let go at once when an
 * answer comes. A pause is the same, begun and ended by a person, without questions.
 */

const MOST_FAILURES = 5
const LOOK_EVERY_MS = 500
/** Work that read a shut gate may park after the opening's own release: it is let go a second and five later. */
const RELEASED_AT_LOOKS = [0, 2, 10]
const LONGEST_PROBE_WAIT_MS = 30 * SECOND
/** A connection that fails again so soon is asked as seldom as before. */
const STILL_SHAKY_MS = 2 * MINUTE
/** Work is let go when the gate opens; this is only for the case that nobody could. */
const HELD_MS = 10 * MINUTE

export type GatesDeps = {
  readonly db: Tx
  readonly clock: Clock
  /** One small call that changes nothing; told how it ended. */
  readonly probe: (id: ConnectionId) => Promise<Result<unknown, ApiProblem>>
  /** Lets everything go that waits for the connection; may be asked several times. */
  readonly release: (id: ConnectionId) => Promise<void>
  readonly log: { warn(fields: object, message: string): void }
}

export type Gates = {
  gateOf(row: Pick<ConnectionRow, 'id' | 'platform'>): Gate
  /** Looks every half second who is paused or down, and asks those that are due. Answers what stops it. */
  start(): { stop(): Promise<void> }
}

export function createGates(deps: GatesDeps): Gates {
  let still = new Map<ConnectionId, StillConnection>()
  let opened: { readonly id: ConnectionId; readonly looks: number }[] = []
  const failures = new Map<ConnectionId, number>()

  async function look(): Promise<void> {
    const found = await listStillConnections(deps.db)
    const before = [...still.keys()]
    still = new Map(found.map((one) => [one.id, one]))
    opened.push(...before.filter((id) => !still.has(id)).map((id) => ({ id, looks: 0 })))
    await letGo()
    const now = deps.clock.now()
    await Promise.all(found.filter((one) => isDue(one, now)).map(({ id }) => ask(id, now)))
  }

  /** Whatever this process parked before it heard of the opening, or just then. */
  async function letGo(): Promise<void> {
    const due = opened.filter(({ looks }) => RELEASED_AT_LOOKS.includes(looks))
    await Promise.all(due.map(({ id }) => deps.release(id)))
    opened = opened
      .map(({ id, looks }) => ({ id, looks: looks + 1 }))
      .filter(({ looks }) => looks <= Math.max(...RELEASED_AT_LOOKS))
  }

  async function ask(id: ConnectionId, now: Instant): Promise<void> {
    const count = await claimProbe(deps.db, id, now, probeWaitMs)
    if (count === null || !hasAnswered(await deps.probe(id))) return
    failures.delete(id)
    await markUp(deps.db, id, deps.clock.now())
    deps.log.warn({ connection: id, questions: count }, 'the platform answers again')
  }

  async function shut({ id, platform }: Pick<ConnectionRow, 'id' | 'platform'>, because: string) {
    const now = deps.clock.now()
    const times = {
      now,
      probeAt: instant(now + probeWaitMs(0)),
      forgetBefore: instant(now - STILL_SHAKY_MS),
    }
    if (!(await markDown(deps.db, id, because, times))) return
    still.set(id, {
      ...{ id, platform, pausedAt: null, pausedBy: null },
      ...{ downSince: now, downBecause: because, probeAt: times.probeAt },
    })
    deps.log.warn({ connection: id, because }, 'the platform does not answer: calls are held')
  }

  return {
    gateOf: (row) => ({
      whyShut: () => whyShut(still.get(row.id)),
      heard(outcome) {
        if (hasAnswered(outcome)) return void failures.delete(row.id)
        const count = (failures.get(row.id) ?? 0) + 1
        failures.set(row.id, count)
        if (count < MOST_FAILURES || still.get(row.id)?.downSince != null || outcome.ok) return
        void shut(row, outcome.problem.detail).catch(() => undefined)
      },
    }),

    start() {
      let looking: Promise<void> | null = null
      const timer = setInterval(() => {
        looking ??= look()
          .catch((error: unknown) =>
            deps.log.warn({ err: error }, 'the breakers could not be read'),
          )
          .finally(() => {
            looking = null
          })
      }, LOOK_EVERY_MS)
      return {
        async stop() {
          clearInterval(timer)
          await looking
        },
      }
    },
  }
}

/** A refusal is an answer too: the platform is there. */
function hasAnswered(outcome: Result<unknown, ApiProblem>): boolean {
  return outcome.ok || !['unavailable', 'unreachable', 'held'].includes(outcome.problem.kind)
}

function isDue({ downSince, pausedAt, probeAt }: StillConnection, now: Instant): boolean {
  return downSince !== null && pausedAt === null && probeAt !== null && probeAt <= now
}

function probeWaitMs(count: number): number {
  return Math.min(LONGEST_PROBE_WAIT_MS, SECOND * 2 ** Math.min(count, 10))
}

function whyShut(still: StillConnection | undefined): ReturnType<Gate['whyShut']> {
  if (still === undefined) return null
  return { kind: 'held', touched: 'no', retryAfterMs: HELD_MS, detail: standsBecause(still) }
}

/** Why a connection is not called, for people. */
export function standsBecause(still: Omit<StillConnection, 'id' | 'probeAt'>): string {
  const name = still.platform === 'zendesk' ? 'Zendesk' : 'Klaviyo'
  if (still.pausedAt !== null)
    return `${name} was paused by ${still.pausedBy} at ${toIso(still.pausedAt)}: resume it under Connections`
  const since = still.downSince === null ? '' : ` since ${toIso(still.downSince)}`
  return `${name} has not answered${since} (${still.downBecause}); it goes on by itself as soon as it does`
}
