import pg from 'pg'
import type { Tx } from './records.ts'

export type DatabaseConfig =
  | { readonly connectionString: string }
  | {
      readonly host: string
      readonly user: string
      readonly database: string
      readonly port?: number
    }

/** A pool of connections. Connecting has a limit; a statement has none, so who must answer in time keeps their own. */
export function createPool(
  config: DatabaseConfig,
  options: { readonly max: number; readonly settings?: string },
): pg.Pool {
  const pool = new pg.Pool({
    ...config,
    max: options.max,
    connectionTimeoutMillis: 4_000,
    idleTimeoutMillis: 30_000,
    application_name: 'replyline',
    ...(options.settings === undefined ? {} : { options: options.settings }),
  })
  // An idle connection that the server ended is replaced at the next use; without this it would end the process.
  pool.on('error', () => undefined)
  // Nor must one that is lent out and lost between two statements: the next statement tells of it.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Runs `work` in one transaction on a connection of its own; rolls back when it throws. */
export async function inTransaction<T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    const value = await work(client as unknown as Tx)
    await client.query('commit')
    return value
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => {
      broken = lost
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** SQLSTATE classes that say the data was at fault, not the database. https://www.postgresql.org/docs/18/errcodes-appendix.html */
const DATA_FAULT = /^(22|23|54)/

/** True when one of the rows could not be stored; false when the database could not be used at all. */
export function isDataFault(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && DATA_FAULT.test(code)
}
