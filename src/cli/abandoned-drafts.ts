import { readdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { systemClock } from '../follow-clock.ts'
import { HOUR } from '../kernel/instant.ts'

const DRAFT = /^\.(?<pid>\d+)\.new(\.old)?$/
/** No build takes as long; another process may have the number of a dead one by now. */
const OLD_MS = HOUR

/**
 * Removes what builds of a folder left beside it that were interrupted: drafts of processes that are
 * gone, and old ones. Leaves those that somebody is at.
 */
export async function removeDrafts(folder: string): Promise<void> {
  const beside = dirname(folder)
  const names = await readdir(beside).catch(() => [])
  for (const name of names.filter((other) => other.startsWith(basename(folder)))) {
    const pid = DRAFT.exec(name.slice(basename(folder).length))?.groups?.pid
    const draft = join(beside, name)
    if (pid !== undefined && (!isAlive(Number(pid)) || (await isOld(draft))))
      await rm(draft, { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // Somebody else's process is one all the same.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function isOld(draft: string): Promise<boolean> {
  const found = await stat(draft).catch(() => null)
  return found !== null && systemClock.now() - found.mtimeMs > OLD_MS
}
