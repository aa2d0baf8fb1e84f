import { mkdtemp, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { err, ok, type Result } from '../kernel/result.ts'
import type { Binaries } from './binaries.ts'
import { codeOf } from './detail.ts'
import type { Identity } from './identity.ts'
import type { Layout } from './layout.ts'
import { handOver } from './ownership.ts'
import {
  didNotStart,
  diskFull,
  type EmbeddedProblem,
  folderOccupied,
  otherVersion,
  saysDiskFull,
} from './problem.ts'
import { pidOf, stampOf } from './process-stamp.ts'
import { runAs } from './run-command.ts'
import { peekServerLock } from './seen-server.ts'
import { SUPERUSER } from './settings.ts'

export type ClusterGround = {
  readonly layout: Layout
  readonly binaries: Binaries
  readonly identity: Identity
}

/**
 * Makes the cluster unless there is one, in a draft folder that is renamed when it is whole: a kill
 * at any moment leaves either no cluster or a complete one. Drafts of dead processes are removed.
 */
export async function initCluster(ground: ClusterGround): Promise<Result<null, EmbeddedProblem>> {
  const { cluster } = ground.layout
  const { major } = ground.binaries

  await removeLeftDrafts(cluster)
  const found = await readMajor(cluster)
  if (found === null) return createCluster(ground)
  return found === major ? ok(null) : err(otherVersion(found, major))
}

async function readMajor(cluster: string): Promise<string | null> {
  try {
    return (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

async function createCluster(ground: ClusterGround): Promise<Result<null, EmbeddedProblem>> {
  const { layout, binaries, identity } = ground
  const draft = await mkdtemp(`${draftPrefix(layout.cluster)}${await stampOf(process.pid)}-`)
  try {
    await handOver(identity, [draft])
    const end = await runAs(identity, initdbCommand(binaries, draft))
    if (end.code !== 0) return err(initProblem(end.output, layout))
    return await putInPlace(draft, layout.cluster)
  } finally {
    await rm(draft, { recursive: true, force: true, maxRetries: 5 })
  }
}

function initdbCommand(binaries: Binaries, folder: string): readonly string[] {
  // One sync of the whole file system costs less than one for each of a thousand small files.
  const sync = process.platform === 'linux' ? ['--sync-method=syncfs'] : []
  return [
    ...[binaries.initdb, '-D', folder, '-U', SUPERUSER, '--auth=trust'],
    ...['--locale=C', '--encoding=UTF8', '--no-instructions', ...sync],
  ]
}

function initProblem(output: string, layout: Layout): EmbeddedProblem {
  if (saysDiskFull(output)) return diskFull(layout.dataDir)
  const complaint = output.split('\n').findLast((line) => /error|fatal/i.test(line))
  return didNotStart(complaint ?? `initdb said: ${output.slice(-200)}`, layout.logFile)
}

async function putInPlace(draft: string, cluster: string): Promise<Result<null, EmbeddedProblem>> {
  try {
    await rename(draft, cluster)
    await syncFolder(dirname(cluster))
  } catch (error) {
    const isTaken = ['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(codeOf(error))
    if (!isTaken) throw error
    // Another process was first, or the folder holds something that is not ours to replace.
    if ((await readMajor(cluster)) === null) return err(folderOccupied(cluster))
  }
  return ok(null)
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

function draftPrefix(cluster: string): string {
  return `${cluster}.new-`
}

async function removeLeftDrafts(cluster: string): Promise<void> {
  const prefix = basename(draftPrefix(cluster))
  for (const name of await readdir(dirname(cluster))) {
    if (!name.startsWith(prefix)) continue
    const stamp = name.slice(prefix.length, name.lastIndexOf('-'))
    const isInWork = (await stampOf(pidOf(stamp))) === stamp
    if (isInWork) continue
    const draft = join(dirname(cluster), name)
    await untilLeft(draft)
    await rm(draft, { recursive: true, force: true, maxRetries: 5 })
  }
}

/**
 * initdb's own child outlives it for a moment and ends at its input's end. With the folder gone
 * from under it, it would panic and leave its shared memory behind.
 */
async function untilLeft(draft: string): Promise<void> {
  const patience = AbortSignal.timeout(2_000)
  while (!patience.aborted) {
    const lock = await peekServerLock(draft)
    if (lock === null || lock === 'empty' || (await stampOf(lock.pid)) === null) return
    await delay(10)
  }
}
