import type pg from 'pg'
import { v7 } from 'uuid'
import { afterAll, beforeAll, it } from 'vitest'
import { eventually } from '../../src/cli/demo/outside-world.ts'
import { createGates } from '../../src/connections/gates.ts'
import { createPool } from '../../src/db/pool.ts'
import type { Tx } from '../../src/db/records.ts'
import { pauseConnection, resumeConnection } from '../../src/db/still-connections.ts'
import { systemClock } from '../../src/follow-clock.ts'
import type { ConnectionId } from '../../src/kernel/ids.ts'
import { ok } from '../../src/kernel/result.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'

const id = v7() as ConnectionId

let database: OwnDatabase
let pool: pg.Pool
let db: Tx

beforeAll(async () => {
  database = await ownDatabase()
  pool = createPool(database.config, { max: 2 })
  db = pool as unknown as Tx
  await pool.query(
    `insert into connections (id, platform, base_url, account_id, account_name, credentials_sealed, state, approved_at, created_at)
     values ($1, 'klaviyo', 'http://127.0.0.1', 'K', 'K', '', 'ready', now(), now())`,
    [id],
  )
})
afterAll(async () => {
  await pool?.end()
  await database?.drop()
})

it('work that parked in the moment in which a pause ended is let go as well', async () => {
  let releases = 0
  const gates = createGates({
    ...{ db, clock: systemClock, probe: async () => ok(null), log: { warn: () => undefined } },
    async release() {
      releases += 1
    },
  })
  const gate = gates.gateOf({ id, platform: 'klaviyo' })
  const looking = gates.start()
  try {
    await pauseConnection(db, id, 'Ada', systemClock.now())
    await eventually('the pause', async () => gate.whyShut() !== null)
    await resumeConnection(db, id)
    await eventually('the first release', async () => releases > 0)
    const before = releases
    await eventually('another one, for what parked just then', async () => releases > before)
  } finally {
    await looking.stop()
  }
})
