import { createHash } from 'node:crypto'
import { chmod, lstat, mkdir, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { err, ok, type Result } from '../kernel/result.ts'
import { detailOf } from './detail.ts'
import {
  type EmbeddedProblem,
  folderNotWritable,
  problemOf,
  socketFolderNotOurs,
} from './problem.ts'
import { PORT } from './settings.ts'

export type Layout = {
  readonly dataDir: string
  readonly cluster: string
  readonly socketDir: string
  readonly logFile: string
}

/** The kernel's limit without the closing NUL: 108 bytes on Linux, 104 on macOS. */
const LONGEST_SOCKET_PATH = process.platform === 'linux' ? 107 : 103

export const SOCKET_NAME = `.s.PGSQL.${PORT}`

/** Creates the folders that are missing, and says where everything lies. Safe to call again. */
export async function prepareLayout(
  requestedDir: string,
): Promise<Result<Layout, EmbeddedProblem>> {
  try {
    await mkdir(requestedDir, { recursive: true, mode: 0o700 })
  } catch (error) {
    // Whatever the code: on a read-only file system Node 24 reports ENOENT (observed 2026-11).
    return err(problemOf(error, requestedDir) ?? folderNotWritable(requestedDir, detailOf(error)))
  }
  // Resolved, so that one folder reached by two names has one socket and one lock.
  const dataDir = await realpath(requestedDir)
  await proveWritable(dataDir)
  const socketDir = await prepareSocketDir(dataDir)
  if (!socketDir.ok) return socketDir
  return ok({
    dataDir,
    cluster: join(dataDir, 'postgres'),
    socketDir: socketDir.value,
    logFile: join(dataDir, 'postgres.log'),
  })
}

/** Asking for permission does not find a full or read-only disk; writing does. */
async function proveWritable(dataDir: string): Promise<void> {
  // One name for all, so that a kill between the two leaves one empty file at the most.
  const probe = join(dataDir, '.write-test')
  await writeFile(probe, '')
  await rm(probe, { force: true })
}

async function prepareSocketDir(dataDir: string): Promise<Result<string, EmbeddedProblem>> {
  const beside = join(dataDir, 'run')
  if (Buffer.byteLength(join(beside, SOCKET_NAME)) <= LONGEST_SOCKET_PATH) {
    await mkdir(beside, { recursive: true, mode: 0o700 })
    await chmod(beside, 0o700)
    return ok(beside)
  }

  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16)
  const short = join(tmpdir(), `replyline-${name}`)
  await mkdir(short, { recursive: true, mode: 0o700 })
  return (await isPrivate(short, dataDir)) ? ok(short) : err(socketFolderNotOurs(short))
}

/** Anybody may create a name in the shared temporary folder, and could then read our database. */
async function isPrivate(folder: string, dataDir: string): Promise<boolean> {
  const found = await lstat(folder)
  const { uid: dataOwner } = await lstat(dataDir)
  const trusted = [process.getuid?.(), dataOwner, ...(process.getuid?.() === 0 ? [65534] : [])]
  return found.isDirectory() && (found.mode & 0o077) === 0 && trusted.includes(found.uid)
}
