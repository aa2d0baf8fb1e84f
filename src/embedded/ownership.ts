import { lchown, lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Identity } from './identity.ts'

/**
 * Gives folders to the user the server runs as. The identity can change between two starts (a
 * container today, a bare host tomorrow), and PostgreSQL insists on owning what it reads.
 */
export async function handOver(identity: Identity, folders: readonly string[]): Promise<void> {
  const { owner } = identity
  if (owner === null) return

  for (const folder of folders) {
    if ((await lstat(folder)).uid === owner.uid) continue
    const inside = await readdir(folder, { recursive: true })
    // The folder itself comes last: its owner is what tells a finished change from a half one.
    for (const name of [...inside, '']) await lchown(join(folder, name), owner.uid, owner.gid)
  }
}
