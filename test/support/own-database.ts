import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { createPool, type DatabaseConfig } from '../../src/db/pool.ts'
import { TEMPLATE } from './template-database.ts'

export type OwnDatabase = { readonly config: DatabaseConfig; drop(): Promise<void> }

/** A migrated database of the caller's own, copied from the template; dropped at the end. */
export async function ownDatabase(): Promise<OwnDatabase> {
  const server = inject('database') as { host: string; user: string; port: number }
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const admin = createPool({ ...server, database: 'postgres' }, { max: 1 })
  await admin.query(`create database ${name} template ${TEMPLATE}`)
  return {
    config: { ...server, database: name },
    async drop() {
      await admin.query(`drop database if exists ${name} with (force)`)
      await admin.end()
    },
  }
}
