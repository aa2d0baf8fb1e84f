import type { ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import type { ClusterGround } from './init-cluster.ts'
import { spawnAs } from './run-command.ts'
import { peekServerLock } from './seen-server.ts'
import { openServerLog, type ServerLog } from './server-log.ts'
import { OWNER_SETTING, SERVER_SETTINGS } from './settings.ts'
import { watchOver } from './watchdog.ts'

export type ServerExit = {
  /** Whether `stop` was called before. */
  readonly expected: boolean
  /** Why, in the server's words. */
  readonly reason: string
}

/** A server of ours, from its spawn on. */
export type Server = {
  /** True once it takes connections; false when it ended before. */
  readonly ready: Promise<boolean>
  /** Resolves when the process is gone, whatever ended it. Never rejects. */
  readonly exited: Promise<ServerExit>
  stop(): Promise<void>
}

/** Each step's signal and how long the server gets before the next; the last one always works. */
const STOPPING: readonly (readonly [NodeJS.Signals, number])[] = [
  // Fast: sessions are ended, a last checkpoint is written.
  ['SIGINT', 20_000],
  // Immediate: no checkpoint, the next start recovers from the log.
  ['SIGQUIT', 5_000],
  ['SIGKILL', 60_000],
]

/**
 * Spawns the server on a cluster that exists. `stalePid`, from a lock file whose server is proven
 * dead, is passed on so that PostgreSQL replaces that file itself, whoever bears the pid today.
 */
export async function launchServer(
  ground: ClusterGround,
  launch: { readonly owner: string; readonly stalePid: number | null },
): Promise<Server> {
  const { layout, binaries, identity } = ground
  const log = await openServerLog(layout.logFile)
  const settings = { ...SERVER_SETTINGS, [OWNER_SETTING]: launch.owner }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const command = [binaries.postgres, '-D', layout.cluster, '-k', layout.socketDir, ...flags]

  // https://www.postgresql.org/docs/18/app-postgres.html has no word on this variable; pg_ctl sets
  // it for the same end, and miscinit.c (CreateLockFile) takes a lock by this pid as stale.
  const env = launch.stalePid === null ? {} : { PG_GRANDPARENT_PID: String(launch.stalePid) }
  const child = spawnAs(identity, command, { stdio: ['ignore', log.fd, log.fd], env })
  // The server ends with us by itself; waiting for it must not keep a finished command alive.
  child.unref()

  const watchdog = identity.endsWithParent ? null : watchOver(child)
  return superviseServer({ child, cluster: layout.cluster, log, watchdog })
}

function superviseServer(parts: {
  readonly child: ChildProcess
  readonly cluster: string
  readonly log: ServerLog
  readonly watchdog: { dismiss(): void } | null
}): Server {
  const { child, cluster, log, watchdog } = parts
  const ended = new AbortController()
  let stopping: Promise<void> | null = null

  const exited = whenEnded(child).then(async (end) => {
    watchdog?.dismiss()
    ended.abort()
    const reason = end ?? (await log.lastComplaint())
    await log.close()
    return { expected: stopping !== null, reason }
  })

  return {
    exited,
    ready: untilReady({ pid: child.pid, cluster, ended: ended.signal }),
    stop: () => {
      stopping ??= stopServer(child, exited)
      return stopping
    },
  }
}

/** Null when the server ended by its own will and its log has the reason. */
function whenEnded(child: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (_code, signal) => resolve(signal && `ended by ${signal}`))
  })
}

/** No deadline: recovery after a crash takes as long as it takes, and the process ends if it fails. */
async function untilReady(server: {
  readonly pid: number | undefined
  readonly cluster: string
  readonly ended: AbortSignal
}): Promise<boolean> {
  while (!server.ended.aborted) {
    const lock = await peekServerLock(server.cluster)
    const isOurs = lock !== null && lock !== 'empty' && lock.pid === server.pid
    if (isOurs && lock.isReady) return true
    await delay(5)
  }
  return false
}

async function stopServer(child: ChildProcess, exited: Promise<ServerExit>): Promise<void> {
  for (const [signal, patienceMs] of STOPPING) {
    const isGone = child.exitCode !== null || child.signalCode !== null
    if (isGone) break
    child.kill(signal)
    const patience = new AbortController()
    // The timer also keeps this program alive, which the server's own handle no longer does.
    await Promise.race([exited, delay(patienceMs, null, { signal: patience.signal })])
    patience.abort()
  }
  await exited
}
