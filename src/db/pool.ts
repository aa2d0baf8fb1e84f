import type { Duplex } from 'node:stream'
import pg from 'pg'
import { allEnded } from '../kernel/all-ended.ts'
import { PreparingClient } from './preparing-client.ts'
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
    Client: PreparingClient,
    // Statements that need no answer of the one before are sent together; they are carried out in order.
    pipeline: true,
    max: options.max,
    connectionTimeoutMillis: 4_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    // A process that was stopped inside a transaction must not hold its locks against the others.
    idle_in_transaction_session_timeout: 15_000,
    application_name: 'replyline',
    ...(options.settings === undefined ? {} : { options: options.settings }),
  })
  // An idle connection that the server ended is replaced at the next use; without this it would end the process.
  pool.on('error', () => undefined)
  // Nor must one that is lent out and lost between two statements: the next statement tells of it.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Its commit is not waited for on disk; the next one that is takes it along. */
const BEGIN_LAZILY = 'begin; set local synchronous_commit = off'

/**
 * Runs `work` in one transaction on a connection of its own; rolls back when it throws. `isLazy` where a
 * crash of the database may undo the last moments: they are lost as a whole and from the end, never in part.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (tx: Tx) => Promise<T>,
  { isLazy } = { isLazy: false },
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    const [, value] = await together(client, () => [
      client.query(isLazy ? BEGIN_LAZILY : 'begin'),
      work(client as unknown as Tx),
    ])
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

/** Sends what `start` asks for at once as one write, and waits for all of it. */
function together<Started extends readonly unknown[]>(
  client: pg.PoolClient,
  start: () => readonly [...Started],
) {
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection
  stream.cork()
  try {
    return allEnded(start())
  } finally {
    stream.uncork()
  }
}

/** Runs `work` on a connection of its own, outside of any transaction. */
export async function onSession<T>(pool: pg.Pool, work: (session: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    return await work(client as unknown as Tx)
  } finally {
    client.release()
  }
}

/** SQLSTATE classes that say the data was at fault, not the database. https://www.postgresql.org/docs/18/errcodes-appendix.html */
const DATA_FAULT = /^(22|23|54)/

/** True when one of the rows could not be stored; false when the database could not be used at all. */
export function isDataFault(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && DATA_FAULT.test(code)
}

const DEADLOCK = '40P01'
const DEADLOCK_TRIES = 5

/**
 * Does a transaction again when it and another waited for each other and it was the one to give way. For
 * work on very many rows, whose order cannot be made to fit everybody else's.
 */
export async function despiteDeadlocks<T>(transaction: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await transaction()
    } catch (error) {
      const isDeadlock = (error as { code?: unknown } | null)?.code === DEADLOCK
      if (!isDeadlock || tries === DEADLOCK_TRIES) throw error
    }
  }
}

/** Connection lost, too many resources asked, operator intervention, serialization or deadlock. */
const TROUBLE = /^(08|40|53|57)/
const NO_CONNECTION = ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']
const LOST =
  /connection (terminated|timeout)|timeout exceeded when trying to connect|not queryable/i

/** True when the database could not be used at all, so that trying again later is all there is to do. */
export function isDatabaseTrouble(error: unknown): boolean {
  const { code, syscall, message } = error as { code?: string; syscall?: string; message?: string }
  if (typeof code === 'string' && TROUBLE.test(code)) return true
  const isNetwork = syscall === 'connect' || syscall === 'read' || syscall === 'write'
  if (isNetwork && NO_CONNECTION.includes(code ?? '')) return true
  return typeof message === 'string' && LOST.test(message)
}
