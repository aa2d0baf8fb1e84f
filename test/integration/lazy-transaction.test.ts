import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPool, inTransaction } from '../../src/db/pool.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'

let database: OwnDatabase
let pool: ReturnType<typeof createPool>

beforeAll(async () => {
  database = await ownDatabase()
  pool = createPool(database.config, { max: 1 })
})
afterAll(async () => {
  await pool?.end()
  await database?.drop()
})

const flushes = async (isLazy: boolean) =>
  inTransaction(
    pool,
    async (tx) => {
      const { rows } = await tx.query<{ flushes: string }>(
        `select current_setting('synchronous_commit') as flushes`,
      )
      return rows[0]?.flushes
    },
    { isLazy },
  )

describe('a commit', () => {
  it('is waited for on disk, unless it may be lost, and that holds for it alone', async () => {
    expect(await flushes(false)).toBe('on')
    expect(await flushes(true)).toBe('off')
    expect(await flushes(false)).toBe('on')
  })

  it('that may be lost is still undone as a whole when its work throws', async () => {
    const fails = inTransaction(
      pool,
      async (tx) => {
        await tx.query(`insert into api_tokens (hash, name, created_at) values ('h', 'n', now())`)
        throw new Error('no')
      },
      { isLazy: true },
    )
    await expect(fails).rejects.toThrow('no')
    const { rows } = await pool.query('select 1 from api_tokens')
    expect(rows).toEqual([])
  })
})
