import type { Config } from './config.ts'
import { listAllConnections } from './db/connection-store.ts'
import type { Tx } from './db/records.ts'
import { shiftParked } from './engine/parking.ts'
import { followClock, systemClock } from './follow-clock.ts'
import type { Clock } from './kernel/instant.ts'
import { StartProblem } from './open-database.ts'
import { createOutbound } from './outbound/request.ts'

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/

/**
 * The service's clock: the machine's, or a sandbox's when `CLOCK_URL` names one. A sandbox's clock can
 * be moved by anyone who plays with it, so it is refused where a bridge leads to real accounts.
 */
export async function openClock(config: Config, db: Tx): Promise<Clock & { stop(): void }> {
  if (config.clockUrl === null) return { ...systemClock, stop: () => undefined }
  await refuseRealAccounts(db)
  const allowedHosts = [new URL(config.clockUrl).host]
  const door = createOutbound({ allowedHosts, userAgent: 'Replyline/0.1' })
  const clock = await followClock(config.clockUrl, door, (deltaMs) => shiftParked(db, deltaMs))
  return {
    now: clock.now,
    stop: () => {
      clock.stop()
      void door.close()
    },
  }
}

async function refuseRealAccounts(db: Tx): Promise<void> {
  const connections = await listAllConnections(db)
  const real = connections.find(({ baseUrl }) => !LOOPBACK.test(new URL(baseUrl).hostname))
  if (real === undefined) return
  throw new StartProblem(
    `a connection leads to ${real.baseUrl}, which a sandbox's clock must not drive: set DATA_DIR, or DATABASE_URL, to a place of its own for the sandbox, or remove CLOCK_URL`,
  )
}
