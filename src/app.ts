import { randomBytes } from 'node:crypto'
import { Resolver } from 'node:dns/promises'
import { type Config, isSandbox } from './config.ts'
import type { ConnectionsDeps } from './connections/open-connections.ts'
import { createWebhookTargets } from './connections/webhook-target.ts'
import { hasOperators } from './db/operator-store.ts'
import { createFailpoint } from './engine/failpoints.ts'
import { systemClock } from './follow-clock.ts'
import type { PagesDeps } from './http/pages.ts'
import { type Front, startServer } from './http/server.ts'
import { createTelemetry, type Telemetry } from './http/telemetry.ts'
import type { WebhookDeps } from './http/webhook-routes.ts'
import type { Log } from './log.ts'
import { openAccess } from './open-access.ts'
import { openClock } from './open-clock.ts'
import { openDatabase, StartProblem } from './open-database.ts'
import { doctorDeps } from './open-doctor.ts'
import { type OpenEngine, openEngine } from './open-engine.ts'
import { openSeal } from './open-seal.ts'
import { setUpDeps } from './open-set-up.ts'
import { createOutbound, type Outbound } from './outbound/request.ts'

/** A running service. */
export type App = {
  readonly port: number
  /** What makes the first owner; null when there is one. */
  readonly setupToken: string | null
  /** Resolves with the reason when the service cannot go on. */
  readonly failed: Promise<string>
  /** Takes nothing new, lets what runs end, and closes. */
  stop(): Promise<void>
}

/** The composition root: the only file that sees everything. Throws `StartProblem` for what a person can mend. */
export async function startApp(config: Config, log: Log, pages: Pages): Promise<App> {
  const closers: Closer[] = []
  try {
    return await open(config, log, pages, closers)
  } catch (error) {
    await closeAll(closers)
    throw error
  }
}

/** Where the window's pages lie, and whether somebody is at it. */
type Pages = Omit<PagesDeps, 'newNonce'>

type Closer = () => unknown

/** What was opened last is closed first. */
async function closeAll(closers: Closer[]): Promise<void> {
  for (let close = closers.pop(); close !== undefined; close = closers.pop()) await close()
}

async function open(config: Config, log: Log, pages: Pages, closers: Closer[]): Promise<App> {
  const database = await openDatabase(config, 'service')
  closers.push(() => database.close())
  const outbound = openOutbound(config)
  closers.push(() => outbound.close())
  const clock = await openClock(config, database.db)
  closers.push(() => clock.stop())
  const failpoint = createFailpoint(config.failpoint, (name) => process.kill(process.pid, name))
  const connectionsDeps = {
    ...database,
    outbound,
    clock,
    failpoint,
    rateLimits: config.rateLimits,
    seal: await openSeal(config, database.db),
  }
  const telemetry = createTelemetry()
  const engine = await openEngine(
    { config, database, connectionsDeps, telemetry, log, jitter: Math.random },
    (close) => {
      closers.push(close)
    },
  )
  const access = await openAccess(config, database.db, log)
  const setUp = { ...setUpDeps(config, connectionsDeps), resolveCname }
  const doctor = doctorDeps(config, connectionsDeps)
  const front: Front = {
    api: {
      ...{ db: database.db, access, clock, setUp, doctor, recovery: engine.deps },
      isSandbox: isSandbox(config),
    },
    pages: { ...pages, newNonce: () => randomBytes(16).toString('base64') },
    webhooks: webhookDeps(engine, connectionsDeps, telemetry),
  }
  const server = await startServer({
    port: config.port,
    host: config.host,
    health: { db: database.db, telemetry, isEngineUp: engine.isUp },
    front: config.role === 'worker' ? null : front,
    log,
  }).catch((error: NodeJS.ErrnoException) => {
    throw portProblem(error, config)
  })
  closers.push(() => server.close())
  return {
    port: server.port,
    setupToken: (await hasOperators(database.db)) ? null : access.setupToken,
    failed: database.lost,
    stop: () => closeAll(closers),
  }
}

function webhookDeps(
  { deps, intake }: OpenEngine,
  connectionsDeps: ConnectionsDeps,
  telemetry: Telemetry,
): WebhookDeps {
  return {
    intake,
    findTarget: createWebhookTargets({ ...connectionsDeps, clock: systemClock }),
    clock: deps.clock,
    realClock: systemClock,
    newId: deps.newId,
    telemetry,
    log: deps.log,
  }
}

/** The door to the platforms, and to nothing else. */
export function openOutbound(config: Config): Outbound {
  return createOutbound({
    allowedHosts: ['*.zendesk.com', 'a.klaviyo.com', ...config.platformHosts],
    userAgent: 'Replyline/0.1',
  })
}

function portProblem(error: NodeJS.ErrnoException, config: Config): Error {
  if (error.code === 'EADDRINUSE')
    return new StartProblem(
      `port ${config.port} on ${config.host} is taken: end what uses it, or set PORT`,
    )
  if (error.code === 'EACCES')
    return new StartProblem(
      `this user may not open port ${config.port}: set PORT to one above 1023`,
    )
  if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL'].includes(error.code ?? ''))
    return new StartProblem(`this machine has no address ${config.host}: set HOST`)
  return error
}

/** Where a help centre's own name leads; asked once, when a person enters it. */
function resolveCname(host: string): Promise<readonly string[]> {
  return new Resolver({ timeout: 2_000, tries: 1 }).resolveCname(host)
}
