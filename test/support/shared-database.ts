import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../../src/embedded/start-postgres.ts'

/** A PostgreSQL of the test's own that several copies of the service can share. */
export async function sharedDatabase(): Promise<{ url: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'replyline-shared-'))
  const started = await startEmbeddedPostgres({
    dataDir: folder,
    claim: 'service',
    log: () => undefined,
  })
  if (!started.ok) throw new Error(started.problem.message)
  const { host, user, database } = started.value.connection
  return {
    url: `postgresql://${user}@/${database}?host=${encodeURIComponent(host)}`,
    async remove() {
      await started.value.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
