import { err, ok, type Result } from '../kernel/result.ts'
import { findNative, prepareBinaries } from './binaries.ts'
import { ensureDatabase } from './database.ts'
import { connectionTo, type EmbeddedPostgres } from './embedded-postgres.ts'
import { chooseIdentity } from './identity.ts'
import { type ClusterGround, initCluster } from './init-cluster.ts'
import type { Layout } from './layout.ts'
import { type Claim, formatOwner } from './next-step.ts'
import { handOver } from './ownership.ts'
import { didNotStart, diskFull, type EmbeddedProblem, saysDiskFull } from './problem.ts'
import { stampOf } from './process-stamp.ts'
import { launchServer, type Server } from './server.ts'

type Started = Result<EmbeddedPostgres, EmbeddedProblem>

/**
 * Starts a server where none was seen. `overtaken` when PostgreSQL's own lock shows that somebody
 * else started one in the meantime: look again.
 */
export async function startOwn(
  layout: Layout,
  start: { readonly claim: Claim; readonly stalePid: number | null },
): Promise<Started | 'overtaken'> {
  const ground = await prepareGround(layout)
  if (!ground.ok) return ground

  const stamp = await stampOf(process.pid)
  const owner = formatOwner({ claim: start.claim, stamp: stamp ?? String(process.pid) })
  const server = await launchServer(ground.value, { owner, stalePid: start.stalePid })
  return (await server.ready) ? finishStart(server, layout) : explainEnd(server, layout)
}

async function prepareGround(layout: Layout): Promise<Result<ClusterGround, EmbeddedProblem>> {
  const native = findNative()
  if (!native.ok) return native

  const { dataDir } = layout
  const binaries = await prepareBinaries({ native: native.value, dataDir })
  const identity = await chooseIdentity({ dataDir, postgres: binaries.postgres })
  if (!identity.ok) return identity

  const ground = { layout, binaries, identity: identity.value }
  const cluster = await initCluster(ground)
  if (!cluster.ok) return cluster
  await handOver(ground.identity, [layout.cluster, layout.socketDir])
  return ok(ground)
}

async function finishStart(server: Server, layout: Layout): Promise<Started> {
  try {
    await ensureDatabase(layout.socketDir)
  } catch (error) {
    await server.stop()
    throw error
  }
  return ok({
    connection: connectionTo(layout.socketDir),
    adopted: false,
    exited: server.exited,
    stop: () => server.stop(),
  })
}

const LOCK_WORDS =
  /lock file .* already exists|pre-existing shared memory block|lock file .* is empty/

async function explainEnd(server: Server, layout: Layout): Promise<Started | 'overtaken'> {
  const { reason } = await server.exited
  if (LOCK_WORDS.test(reason)) return 'overtaken'
  if (saysDiskFull(reason)) return err(diskFull(layout.dataDir))
  return err(didNotStart(reason, layout.logFile))
}
