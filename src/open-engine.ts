import { createHash } from 'node:crypto'
import { v7 } from 'uuid'
import type { Config } from './config.ts'
import { createBridges } from './connections/bridges.ts'
import { createFeeds } from './connections/feeds.ts'
import { type ConnectionsDeps, openConnections } from './connections/open-connections.ts'
import { isDataFault } from './db/pool.ts'
import type { EngineDeps } from './engine/engine-deps.ts'
import { createIntake, type Intake } from './engine/intake.ts'
import { releaseActiveJobs } from './engine/parking.ts'
import { startPruner } from './engine/prune.ts'
import { openQueue } from './engine/queue.ts'
import { startReconciler } from './engine/reconcile/reconciler.ts'
import { type Engine, startEngine } from './engine/start-engine.ts'
import type { Telemetry } from './http/telemetry.ts'
import type { Log } from './log.ts'
import type { Database } from './open-database.ts'
import { openGates } from './open-gates.ts'

/** What takes events in, and in this process works on them unless its role is `web`. */
export type OpenEngine = {
  readonly deps: EngineDeps
  readonly intake: Intake
  /** Whether this process's workers run, or are not wanted here. */
  readonly isUp: () => boolean
}

type Options = {
  readonly config: Config
  readonly database: Database
  readonly connectionsDeps: ConnectionsDeps
  readonly telemetry: Telemetry
  readonly log: Log
  /** 0..1, spreads retries. */
  readonly jitter: () => number
}

/** Opens the queue and starts what works. `onClose` hears what ends each, in the order of opening. */
export async function openEngine(
  { config, database, connectionsDeps, telemetry, log, jitter }: Options,
  onClose: (close: () => unknown) => void,
): Promise<OpenEngine> {
  const boss = await openQueue(database.queueDb, (error) =>
    log.warn({ err: error }, 'the queue met an error'),
  )
  onClose(() => boss.stop({ graceful: false }))
  if (database.isEmbedded) await releaseActiveJobs(database.db)

  const gates = openGates(connectionsDeps, log)
  const connections = openConnections(connectionsDeps, gates)
  let engine: Engine | null = null
  const deps: EngineDeps = {
    boss,
    db: database.db,
    inTransaction: database.inTransaction,
    inLazyTransaction: database.inLazyTransaction,
    clock: connectionsDeps.clock,
    newId: v7,
    jitter,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    findBridge: createBridges(connectionsDeps, connections),
    failpoint: connectionsDeps.failpoint,
    log,
    wake: () => engine?.wake(),
    onClaim: (queue, seconds) => telemetry.claimSeconds.observe({ queue }, seconds),
  }
  const intake = createIntake({ ...deps, isDataFault, onCommitted: deps.wake })
  if (config.role === 'web') return { deps, intake, isUp: () => true }

  engine = startEngine(deps)
  const findFeed = createFeeds(connectionsDeps, connections)
  const others = [
    startReconciler({ ...deps, intake, findFeed }),
    gates.start(),
    startPruner({ ...deps, keepDays: config.keepDays }),
  ]
  for (const other of others) onClose(() => other.stop())
  onClose(async () => {
    const running = engine
    engine = null
    await running?.stop()
  })
  return { deps, intake, isUp: () => engine !== null }
}
