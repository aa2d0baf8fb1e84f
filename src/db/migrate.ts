import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { inTransaction } from './pool.ts'
import type { Tx } from './records.ts'

const FOLDER = join(import.meta.dirname, '../../migrations')
/** Any fixed number: two processes that start at once migrate one after the other. */
const LOCK = 7_301_955

/** The tables were made by a migration that this version has otherwise. `message` says by which. */
export class ForeignSchema extends Error {
  override readonly name = 'ForeignSchema'
}

/**
 * Brings the schema up to this version, each file in its own transaction; returns the names newly applied.
 * Throws `ForeignSchema`, having changed nothing, when what was applied before is not what the files say.
 */
export async function migrate(pool: pg.Pool): Promise<readonly string[]> {
  await pool
    .query(
      `create table if not exists schema_migrations (name text primary key, digest text not null default '', applied_at timestamptz not null default now())`,
    )
    .catch(ignoreRace)
  await refuseForeign(pool as unknown as Tx)
  const applied: string[] = []
  for (const name of await pendingNames(pool as unknown as Tx)) {
    const sql = await readFile(join(FOLDER, name), 'utf8')
    if (await apply(pool, name, sql)) applied.push(name)
  }
  return applied
}

/** The migrations this version brings that the database lacks. */
export async function pendingNames(pool: Tx): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string }>('select name from schema_migrations')
  const known = new Set(rows.map(({ name }) => name))
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort()
  return names.filter((name) => !known.has(name))
}

async function apply(pool: pg.Pool, name: string, sql: string): Promise<boolean> {
  return inTransaction(pool, async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [LOCK])
    const taken = await tx.query(
      'insert into schema_migrations (name, digest) values ($1, $2) on conflict do nothing',
      [name, digestOf(sql)],
    )
    if (taken.rowCount === 0) return false
    await tx.query(sql)
    return true
  })
}

/** A row as JSON, because the table of the first versions had no digest. */
async function refuseForeign(tx: Tx): Promise<void> {
  const { rows } = await tx.query<{ applied: { name: string; digest?: string } }>(
    'select to_json(m) as applied from schema_migrations m order by name',
  )
  for (const { name, digest } of rows.map(({ applied }) => applied)) {
    const sql = await readFile(join(FOLDER, name), 'utf8').catch(() => null)
    // A newer version's: while copies are changed one by one, both run.
    if (sql !== null && digest !== digestOf(sql))
      throw new ForeignSchema(`${name}, which made its tables, has changed since`)
  }
}

function digestOf(sql: string): string {
  return createHash('sha256').update(sql).digest('hex')
}

/** `create table if not exists` still clashes when two processes do it in the same instant. */
function ignoreRace(error: { code?: string }): void {
  if (error.code !== '23505' && error.code !== '42P07') throw error
}
