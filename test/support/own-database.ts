import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { createPool, type DatabaseConfig } from '../../src/db/pool.ts'
import { TEMPLATE } from './template-database.ts'

export type OwnDatabase = {
  readonly config: DatabaseConfig
  /** The same as a `DATABASE_URL`. */
  readonly url: string
  drop(): Promise<void>
}

/** A migrated database of the caller's own, copied from the template; dropped at the end. */
export async function ownDatabase(): Promise<OwnDatabase> {
  const { host, user, port } = inject('database') as { host: string; user: string; port: number }
  const server = { host, user, port }
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const admin = createPool({ ...server, database: 'postgres' }, { max: 1 })
  await admin.query(`create database ${name} template ${TEMPLATE}`)
  return {
    config: { ...server, database: name },
    url: `postgres:///${name}?${new URLSearchParams({ ...server, port: String(server.port) })}`,
    async drop() {
      await admin.query(`drop database if exists ${name} with (force)`)
      await admin.end()
    },
  }
}
