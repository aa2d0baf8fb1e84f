import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPool } from '../../src/db/pool.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { runCli } from '../support/run-cli.ts'
import { expectOneLine, strangeServer } from '../support/start-problem.ts'

let folder: string
let database: OwnDatabase
let strange: Awaited<ReturnType<typeof strangeServer>>

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'replyline-start-'))
  database = await ownDatabase()
  strange = await strangeServer()
})
afterEach(async () => {
  strange.close()
  await database.drop()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

describe('a database that cannot be used', () => {
  const unusable = (url: string, command = ['start']) =>
    runCli(command, { folder, env: { DATABASE_URL: url } })
  const REMEDY = /the database at DATABASE_URL cannot be used: .+\. Check that/

  it.each([
    ['nobody listens', 'postgres://user:hunter2@127.0.0.1:1/replyline'],
    ['nobody listens at either address of a name', 'postgres://user:hunter2@localhost:1/replyline'],
    ['the host is unknown', 'postgres://user:hunter2@no-such-host.invalid/replyline'],
    ['the address is none', 'postgres://user:hunter2@host:port/replyline'],
  ])('is told, without its password: %s', async (_, url) => {
    const end = await unusable(url)
    expectOneLine(end, REMEDY)
    expect(end.stderr).not.toContain('hunter2')
  })

  it('is told when it never answers', async () => {
    const { port } = strange
    expectOneLine(await unusable(`postgres://127.0.0.1:${port}/replyline`), REMEDY)
  })

  it('is told when it is something else', async () => {
    const { port, close } = await strangeServer('HTTP/1.1 400 Bad Request\r\n\r\n')
    expectOneLine(await unusable(`postgres://127.0.0.1:${port}/replyline`), REMEDY)
    close()
  })

  it('is told when the database is not there', async () => {
    expectOneLine(
      await unusable(database.url.replace(/\/test_\w+/, '/nowhere')),
      /"nowhere" does not exist/,
    )
  })

  it('is told when its tables were made by what has changed since', async () => {
    const pool = createPool(database.config, { max: 1 })
    await pool.query(`update schema_migrations set digest = 'other' where name = '0001_spine.sql'`)
    await pool.end()
    expectOneLine(await unusable(database.url), /does not fit this version: 0001_spine\.sql/)
  })

  it('is told when it comes of a version without digests', async () => {
    const pool = createPool(database.config, { max: 1 })
    await pool.query('alter table schema_migrations drop column digest')
    await pool.end()
    expectOneLine(await unusable(database.url), /does not fit this version.+or an empty database/)
  })

  it.each([['why', '1'], ['events'], ['token', 'create'], ['migrate']])(
    'is told by %s',
    async (...command) => {
      expectOneLine(await unusable('postgres://127.0.0.1:1/replyline', command), REMEDY)
    },
  )
})
