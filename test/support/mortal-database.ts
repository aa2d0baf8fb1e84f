import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../../src/db/migrate.ts'
import { createPool, type DatabaseConfig } from '../../src/db/pool.ts'
import type { EmbeddedPostgres } from '../../src/embedded/embedded-postgres.ts'
import { startEmbeddedPostgres } from '../../src/embedded/start-postgres.ts'
import { until } from './embedded-owner-process.ts'

/** A migrated PostgreSQL server of the test's own, that may be ended and started again in its place. */
export type MortalDatabase = {
  readonly config: DatabaseConfig
  start(): Promise<void>
  /** Ends it in order. */
  stop(): Promise<void>
  /** SIGKILL to the server, and to every session with it. */
  kill(): Promise<void>
  /** Every process of it stands still: it neither answers nor refuses. */
  freeze(): Promise<void>
  thaw(): Promise<void>
  remove(): Promise<void>
}

/** In a folder of its own, made inside of the one given. */
export async function mortalDatabase(inside = tmpdir()): Promise<MortalDatabase> {
  const dataDir = await mkdtemp(join(inside, 'replyline-mortal-'))
  let server: EmbeddedPostgres | null = null

  async function start(): Promise<EmbeddedPostgres> {
    const started = await startEmbeddedPostgres({
      ...{ dataDir, claim: 'service', log: () => undefined },
    })
    if (!started.ok) throw new Error(started.problem.message)
    server = started.value
    return started.value
  }

  async function signal(name: NodeJS.Signals): Promise<void> {
    const lock = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')
    const postmaster = Number(lock.split('\n')[0])
    for (const pid of [postmaster, ...(await childrenOf(postmaster))]) process.kill(pid, name)
  }

  const { connection } = await start()
  const pool = createPool(connection, { max: 1 })
  await migrate(pool)
  await pool.end()

  return {
    config: connection,
    start: async () => void (await start()),
    stop: async () => server?.stop(),
    async kill() {
      await signal('SIGKILL')
      await server?.exited
    },
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    async remove() {
      await server?.stop()
      await until('its files are let go', () =>
        rm(dataDir, { recursive: true, force: true }).then(
          () => true,
          () => false,
        ),
      )
    },
  }
}

async function childrenOf(pid: number): Promise<readonly number[]> {
  const list = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return list.trim().split(' ').filter(Boolean).map(Number)
}
