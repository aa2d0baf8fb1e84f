import type pg from 'pg'
import type { Config } from './config.ts'
import { ForeignSchema, migrate } from './db/migrate.ts'
import { createPool, inTransaction, onSession } from './db/pool.ts'
import type { InTransaction, Tx } from './db/records.ts'
import { startEmbeddedPostgres } from './embedded/start-postgres.ts'

/** Something a person must mend before the program can run; `message` is one line with the remedy. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem'
}

export type Database = {
  readonly pool: pg.Pool
  /** For the queue's own statements: the planner must not choose nested loops on tables never analysed. */
  readonly queuePool: pg.Pool
  readonly db: Tx
  readonly queueDb: Tx
  readonly inTransaction: InTransaction
  /** For what would be found out and done again, should a crash of the database undo it. */
  readonly inLazyTransaction: InTransaction
  /** Lends one connection for as long as `work` runs. */
  readonly onSession: <T>(work: (session: Tx) => Promise<T>) => Promise<T>
  readonly isEmbedded: boolean
  /** Resolves when the embedded server has gone away by itself; never, for a database of the operator's. */
  readonly lost: Promise<string>
  close(): Promise<void>
}

const POOL_SIZE = 24
const QUEUE_POOL_SIZE = 4

/** Opens the database, embedded or given, and brings its schema up to date. */
export async function openDatabase(config: Config, claim: 'service' | 'tool'): Promise<Database> {
  const embedded = config.databaseUrl === null ? await startEmbedded(config, claim) : null
  const address =
    embedded === null ? { connectionString: config.databaseUrl ?? '' } : embedded.connection
  const pool = createPool(address, { max: POOL_SIZE })
  const queuePool = createPool(address, {
    max: QUEUE_POOL_SIZE,
    settings: '-c enable_nestloop=off',
  })
  const close = async () => {
    await Promise.all([pool.end(), queuePool.end()])
    await embedded?.stop()
  }
  await migrate(pool).catch(async (error: unknown) => {
    await close()
    if (error instanceof ForeignSchema) throw foreign(config, error)
    throw config.databaseUrl === null ? error : unreachable(error)
  })
  return {
    pool,
    queuePool,
    db: pool as unknown as Tx,
    queueDb: queuePool as unknown as Tx,
    inTransaction: (work) => inTransaction(pool, work),
    inLazyTransaction: (work) => inTransaction(pool, work, { isLazy: true }),
    onSession: (work) => onSession(pool, work),
    isEmbedded: embedded !== null,
    lost:
      embedded === null
        ? new Promise(() => undefined)
        : embedded.exited.then(({ reason }) => reason),
    close,
  }
}

async function startEmbedded(config: Config, claim: 'service' | 'tool') {
  const started = await startEmbeddedPostgres({
    dataDir: config.dataDir,
    claim,
    log: (line) => process.stderr.write(`${line}\n`),
  })
  if (!started.ok) throw new StartProblem(started.problem.message)
  return started.value
}

/** Only unreleased versions change a migration; their data is not carried over. */
function foreign({ databaseUrl, dataDir }: Config, { message }: ForeignSchema): StartProblem {
  return new StartProblem(
    databaseUrl === null
      ? `the database in ${dataDir} does not fit this version: ${message}. Set DATA_DIR to a new folder, or remove this one`
      : `the database at DATABASE_URL does not fit this version: ${message}. Use the version that it was made with, or an empty database`,
  )
}

function unreachable(error: unknown): StartProblem {
  const why =
    error instanceof Error ? error.message || (error as { code?: string }).code : String(error)
  return new StartProblem(
    `the database at DATABASE_URL cannot be used: ${why}. Check that it runs, is PostgreSQL 15 or newer, and that its user may create tables.`,
  )
}
