import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSeal } from '../../src/connections/seal.ts'
import type { FeedPosition } from '../../src/db/feed-store.ts'
import { createPool } from '../../src/db/pool.ts'
import type { Tx } from '../../src/db/records.ts'
import type { ReadFeed } from '../../src/engine/reconcile/feed.ts'
import { startReconciler } from '../../src/engine/reconcile/reconciler.ts'
import { type Instant, instant, MINUTE } from '../../src/kernel/instant.ts'
import { err, ok } from '../../src/kernel/result.ts'
import type { ApiProblem } from '../../src/outbound/api-problem.ts'
import { until } from '../support/embedded-owner-process.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { insertBridge } from '../support/test-bridge.ts'

const ACTIVATED = instant(1_800_000_000_000)
const REFUSED: ApiProblem = {
  kind: 'refused',
  touched: 'no',
  status: 400,
  code: 'invalid',
  detail: 'answered 400, invalid: Invalid cursor',
  body: null,
}

let database: OwnDatabase
let pool: pg.Pool

beforeAll(async () => {
  database = await ownDatabase()
  pool = createPool(database.config, { max: 4 })
  await insertBridge(pool as unknown as Tx, createSeal([randomBytes(32)]))
  await pool.query('update bridges set activated_at = $1', [new Date(ACTIVATED)])
})
afterAll(async () => {
  await pool?.end()
  await database?.drop()
})

it('a feed whose cursor is refused begins again where that reading began', async () => {
  let now: Instant = ACTIVATED
  const asked: FeedPosition[] = []
  const read: ReadFeed = async (position) => {
    asked.push(position)
    if (position.cursor !== null) return err(REFUSED)
    return ok({ events: [], next: { since: position.since, cursor: 'gone' }, hasMore: false })
  }
  const reconciler = startReconciler({
    ...{ db: pool as unknown as Tx, clock: { now: () => now }, newId: v7, jitter: () => 0 },
    log: { warn: () => undefined } as never,
    intake: { add: async () => undefined },
    findFeed: async ({ name }) => (name === 'klaviyo_events' ? read : null),
  })
  await until('it is read again without the cursor', async () => {
    // A feed is read once a minute.
    now = instant(now + MINUTE)
    return asked.length >= 3
  })
  await reconciler.stop()
  expect(asked.slice(0, 3)).toEqual([
    { since: ACTIVATED, cursor: null },
    { since: ACTIVATED, cursor: 'gone' },
    { since: ACTIVATED, cursor: null },
  ])
})
