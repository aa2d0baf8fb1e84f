import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createPool, inTransaction } from '../../src/db/pool.ts'
import type { InTransaction, Tx } from '../../src/db/records.ts'
import type { EngineDeps } from '../../src/engine/engine-deps.ts'
import { openQueue } from '../../src/engine/queue.ts'
import { createSweep } from '../../src/engine/sweep.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { customerText, klaviyoDelivery } from '../support/platform-events.ts'
import { fromKlaviyo } from '../support/signed-delivery.ts'
import { startTestService, type TestService } from '../support/test-service.ts'

let database: OwnDatabase
let service: TestService
let pool: ReturnType<typeof createPool>
let boss: Awaited<ReturnType<typeof openQueue>>

beforeAll(async () => {
  database = await ownDatabase()
  service = await startTestService(database.config)
  pool = createPool(database.config, { max: 2 })
  boss = await openQueue(pool as unknown as Tx, () => undefined, { supervise: false })
})
beforeEach(async () => {
  await service.forget()
  const texts = klaviyoDelivery(customerText({ eventId: 'one' }), customerText({ eventId: 'two' }))
  const signed = fromKlaviyo(texts, { secret: service.bridge.secrets.klaviyo, at: Date.now() })
  expect((await service.deliver(signed)).ok).toBe(true)
})
afterAll(async () => {
  await boss?.stop({ graceful: false })
  await pool?.end()
  await service?.close()
  await database?.drop()
})

/** `before` happens between the sweep's look at the items and its look at their jobs. */
function sweepWith(before: () => Promise<unknown> = async () => undefined) {
  const held: InTransaction = async (work) => {
    await before()
    return inTransaction(pool, work)
  }
  return createSweep({ db: service.db, boss, inTransaction: held } as unknown as EngineDeps)
}

describe('the sweep', () => {
  it('gives work without a job a new one, once', async () => {
    expect(await sweepWith()()).toBe(0)
    await service.db.query('delete from pgboss.job')
    expect(await sweepWith()()).toBe(2)
    expect(await service.count('pgboss.job')).toBe(2)
    expect(await sweepWith()()).toBe(0)
  })

  it('takes no work for an orphan that was finished while it looked', async () => {
    const finishes = async () => {
      await service.db.query(`update pgboss.job set state = 'completed'`)
      await service.db.query(`update work_items set state = 'done'`)
    }
    expect(await sweepWith(finishes)()).toBe(0)
  })
})
