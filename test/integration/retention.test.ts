import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { prune } from '../../src/engine/prune.ts'
import { instant } from '../../src/kernel/instant.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { customerText, klaviyoDelivery } from '../support/platform-events.ts'
import { fromKlaviyo } from '../support/signed-delivery.ts'
import { startTestService, type TestService } from '../support/test-service.ts'

let database: OwnDatabase | undefined
let service: TestService | undefined

afterAll(async () => {
  await service?.close()
  await database?.drop()
})

const DAY = 24 * 3_600_000
const clock = { now: () => instant(Date.now()) }

/** Old events, each with its work and an effect; `change` shapes them by SQL. */
async function withEvents(names: readonly string[], days: number): Promise<TestService> {
  database ??= await ownDatabase()
  service ??= await startTestService(database.config)
  const texts = klaviyoDelivery(...names.map((eventId) => customerText({ eventId })))
  const { secrets } = service.bridge
  expect(
    (await service.deliver(fromKlaviyo(texts, { secret: secrets.klaviyo, at: Date.now() }))).ok,
  ).toBe(true)
  const { db } = service
  await db.query(`update work_items set state = 'done', reason = 'first_message'`)
  await db.query(
    `insert into effects (id, work_item_id, ordinal, bridge_id, kind, payload, state)
     select gen_random_uuid(), w.id, 0, w.bridge_id, 'create_ticket', '{}', 'done' from work_items w`,
  )
  const at = new Date(Date.now() - days * DAY)
  await db.query('update events set received_at = $1', [at])
  await db.query('update intake_keys set at = $1', [at])
  return service
}

const namesLeft = async ({ db }: TestService) =>
  (await db.query<{ id: string }>('select remote_id as id from events order by 1')).rows.map(
    ({ id }) => id,
  )
const work = (name: string) =>
  `(select w.id from work_items w join events e on e.id = w.event_id where e.remote_id = '${name}')`

describe('clearing away', () => {
  beforeEach(() => service?.forget())

  it('takes what is older than it should be kept, with all that hangs on it', async () => {
    const { db, count } = await withEvents(['old-1', 'old-2', 'new-1'], 31)
    await db.query(`update events set received_at = now() where remote_id = 'new-1'`)
    expect(await prune({ db, clock, keepDays: 30 })).toMatchObject({ events: 2 })
    expect(await namesLeft({ db } as TestService)).toEqual(['new-1'])
    expect([await count('work_items'), await count('effects')]).toEqual([1, 1])
  })

  it.each([
    [
      'is not finished',
      (name: string) => `update work_items set state = 'open' where id = ${work(name)}`,
    ],
    [
      'was set aside',
      (name: string) => `update work_items set state = 'set_aside' where id = ${work(name)}`,
    ],
    [
      'failed and waits for a person',
      (name: string) =>
        `update effects set state = 'gave_up', reason = 'x' where work_item_id = ${work(name)}`,
    ],
  ])('leaves what %s, however old', async (_what, change) => {
    const left = await withEvents(['kept', 'gone'], 400)
    await left.db.query(change('kept'))
    expect(await prune({ db: left.db, clock, keepDays: 30 })).toMatchObject({ events: 1 })
    expect(await namesLeft(left)).toEqual(['kept'])
  })

  it('goes on past what stays, batch by batch', async () => {
    const names = Array.from({ length: 1_200 }, (_, n) => `e-${String(n).padStart(4, '0')}`)
    for (let from = 0; from < names.length; from += 400)
      await withEventsOnly(names.slice(from, from + 400))
    const left = service as TestService
    await left.db.query(
      `update work_items set state = case when event_id in (select id from events where remote_id < 'e-0600') then 'open' else 'done' end`,
    )
    await left.db.query(`update events set received_at = now() - interval '40 days'`)
    expect(await prune({ db: left.db, clock, keepDays: 30 })).toMatchObject({ events: 600 })
    expect((await namesLeft(left)).length).toBe(600)
  })

  it('keeps the dedupe keys for ninety days, and longer when the log is kept longer', async () => {
    const { db, count } = await withEvents(['a', 'b'], 89)
    expect(await prune({ db, clock, keepDays: 30 })).toEqual({ events: 2, keys: 0 })
    await db.query(`update intake_keys set at = now() - interval '91 days'`)
    expect(await prune({ db, clock, keepDays: 100 })).toEqual({ events: 0, keys: 0 })
    expect(await prune({ db, clock, keepDays: 30 })).toEqual({ events: 0, keys: 2 })
    expect(await count('intake_keys')).toBe(0)
  })
})

async function withEventsOnly(names: readonly string[]): Promise<void> {
  const texts = klaviyoDelivery(...names.map((eventId) => customerText({ eventId })))
  const target = service as TestService
  expect(
    (
      await target.deliver(
        fromKlaviyo(texts, { secret: target.bridge.secrets.klaviyo, at: Date.now() }),
      )
    ).ok,
  ).toBe(true)
}
