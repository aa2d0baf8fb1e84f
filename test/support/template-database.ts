import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../src/db/migrate.ts'
import { createPool, type DatabaseConfig } from '../../src/db/pool.ts'
import { startEmbeddedPostgres } from '../../src/embedded/start-postgres.ts'
import { openQueue } from '../../src/engine/queue.ts'

declare module 'vitest' {
  interface ProvidedContext {
    readonly database: DatabaseConfig
  }
}

/** The name of the database that every test file's own one is copied from. */
export const TEMPLATE = 'replyline'

/** Starts one real PostgreSQL for the whole run, with a migrated template in it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'replyline-test-'))
  const started = await startEmbeddedPostgres({ dataDir, claim: 'service', log: () => undefined })
  if (!started.ok) throw new Error(started.problem.message)
  const { connection, stop } = started.value
  const pool = createPool(connection, { max: 2 })
  await migrate(pool)
  const boss = await openQueue(pool as never, (error) => {
    throw error
  })
  await boss.stop({ graceful: false })
  await pool.end()
  project.provide('database', connection)
  return async () => {
    await stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
