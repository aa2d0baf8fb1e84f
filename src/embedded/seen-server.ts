import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { withClient } from './database.ts'
import { codeOf } from './detail.ts'
import { type Layout, SOCKET_NAME } from './layout.ts'
import { isPostmasterOf } from './process-stamp.ts'
import { OWNER_SETTING } from './settings.ts'

/** What there is of a server on a cluster, whoever started it. */
export type SeenServer =
  /** `stalePid` is what a dead server left in its lock file; it may be somebody else's pid by now. */
  | { readonly kind: 'none'; readonly stalePid: number | null }
  /** Alive, but starting up or shutting down. */
  | { readonly kind: 'busy'; readonly pid: number }
  /** `owner` is as given to the server in `OWNER_SETTING`. */
  | {
      readonly kind: 'answers'
      readonly pid: number
      readonly socketDir: string
      readonly owner: string
    }

/**
 * Looks for a server by its socket first and its process second. The lock file alone proves
 * nothing: its pid may be dead, a zombie, taken by another program, or count in another container,
 * where only the socket on a shared volume still answers.
 */
export async function lookForServer(layout: Layout): Promise<SeenServer> {
  const lock = await readServerLock(layout.cluster)
  if (lock === null) return noServer(layout, null)

  const { pid } = lock
  const socketDir = lock.socketDir ?? layout.socketDir
  const answer = await askOwner(socketDir)
  if (answer.kind === 'owner') return { kind: 'answers', pid, socketDir, owner: answer.owner }
  if (answer.kind === 'busy' || (await isPostmasterOf(pid, layout.cluster))) {
    return { kind: 'busy', pid }
  }
  return noServer(layout, pid)
}

/** A server writes its data folder's lock before its socket's, so without it the latter is stale. */
async function noServer(layout: Layout, stalePid: number | null): Promise<SeenServer> {
  await rm(join(layout.socketDir, `${SOCKET_NAME}.lock`), { force: true })
  return { kind: 'none', stalePid }
}

export type ServerLock = {
  readonly pid: number
  /** Where the server listens; null until it has got so far. */
  readonly socketDir: string | null
  readonly isReady: boolean
}

/** Reads `postmaster.pid`; null without one. A file that stays empty (full disk) is removed. */
async function readServerLock(cluster: string): Promise<ServerLock | null> {
  const patience = AbortSignal.timeout(500)
  while (!patience.aborted) {
    const lock = await peekServerLock(cluster)
    if (lock !== 'empty') return lock
    await delay(20)
  }
  await rm(lockFile(cluster), { force: true })
  return null
}

/** One look at `postmaster.pid`. Empty is the instant between its creation and its first line. */
export async function peekServerLock(cluster: string): Promise<ServerLock | 'empty' | null> {
  try {
    // https://www.postgresql.org/docs/18/storage-file-layout.html: pid, data directory, start time,
    // port, socket directory, listen address, shared memory; then a status.
    const lines = (await readFile(lockFile(cluster), 'utf8')).split('\n')
    const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10))
    if (Number.isNaN(pid)) return 'empty'
    return { pid, socketDir: lines[4] || null, isReady: lines[7]?.trim() === 'ready' }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

function lockFile(cluster: string): string {
  return join(cluster, 'postmaster.pid')
}

type Answer = { kind: 'owner'; owner: string } | { kind: 'busy' } | { kind: 'silent' }

async function askOwner(socketDir: string): Promise<Answer> {
  const asked = `SELECT coalesce(current_setting('${OWNER_SETTING}', true), '') AS owner`
  try {
    return await withClient({ socketDir, database: 'postgres' }, async (client) => {
      const { rows } = await client.query<{ owner: string }>(asked)
      return { kind: 'owner', owner: rows[0]?.owner ?? '' }
    })
  } catch (error) {
    const isSilent = ['ENOENT', 'ECONNREFUSED', 'ENOTDIR'].includes(codeOf(error))
    return { kind: isSilent ? 'silent' : 'busy' }
  }
}
