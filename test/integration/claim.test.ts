import type { PgBoss } from 'pg-boss'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createPool } from '../../src/db/pool.ts'
import type { JobDraft, Tx } from '../../src/db/records.ts'
import { type ClaimedJob, claimHeads, claimNewest } from '../../src/engine/claim.ts'
import { completeJob, parkJob } from '../../src/engine/parking.ts'
import { insertJobs, openQueue } from '../../src/engine/queue.ts'
import { startWorker } from '../../src/engine/worker.ts'
import type { WorkItemId } from '../../src/kernel/ids.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'

let database: OwnDatabase
let pool: ReturnType<typeof createPool>
let db: Tx
let boss: PgBoss

beforeAll(async () => {
  database = await ownDatabase()
  pool = createPool(database.config, { max: 4 })
  db = pool as unknown as Tx
  boss = await openQueue(db, (error) => {
    throw error
  })
})
beforeEach(async () => {
  await db.query('truncate pgboss.job')
})
afterAll(async () => {
  await boss?.stop({ graceful: false })
  await pool?.end()
  await database?.drop()
})

const job = (lane: string, group = 'bridge:zendesk'): JobDraft => ({
  workItemId: v7() as WorkItemId,
  queue: 'live',
  lane,
  group,
})

async function insert(...drafts: readonly JobDraft[]): Promise<readonly WorkItemId[]> {
  await insertJobs(boss, db, drafts)
  return drafts.map(({ workItemId }) => workItemId)
}

const claim = (limits: { readonly most?: number; readonly mostPerGroup?: number } = {}) =>
  claimHeads(db, 'live', { most: 32, mostPerGroup: 12, ...limits })
const idsOf = (jobs: readonly ClaimedJob[]) => jobs.map(({ workItemId }) => workItemId)

describe('a claim', () => {
  it('takes the head of each lane, the next one only when it is done', async () => {
    const [first, second, other] = await insert(job('a'), job('a'), job('b'))
    const { jobs } = await claim()
    expect(idsOf(jobs)).toEqual([first, other])
    expect((await claim()).jobs).toEqual([])
    const [head] = jobs
    if (head !== undefined) await completeJob(boss, db, head)
    expect(idsOf((await claim()).jobs)).toEqual([second])
  })

  it('lets nothing pass a parked job, and takes it again before what came later', async () => {
    const [parked, , other] = await insert(job('a'), job('a'), job('b'))
    const [run] = (await claim({ most: 1 })).jobs
    if (run === undefined) throw new Error('nothing was claimed')
    await parkJob(boss, db, run, 60_000)
    expect(idsOf((await claim()).jobs)).toEqual([other])
    await db.query(`update pgboss.job set start_after = now() where state = 'retry'`)
    const [again] = (await claim()).jobs
    expect(again).toMatchObject({ workItemId: parked, retryCount: run.retryCount + 1 })
  })

  it('takes no more of one group than may run at once, and leaves room for others', async () => {
    const slow = Array.from({ length: 20 }, (_, at) => job(`slow${at}`))
    const [other] = (await insert(job('fast', 'other:zendesk'), ...slow)).slice(0, 1)
    const { jobs } = await claim({ mostPerGroup: 3 })
    expect(jobs).toHaveLength(4)
    expect(idsOf(jobs)).toContain(other)
    expect((await claim({ mostPerGroup: 3 })).jobs).toEqual([])
    expect((await claim({ mostPerGroup: 5 })).jobs).toHaveLength(2)
  })

  it('is never given twice, by however many at once', async () => {
    await insert(...Array.from({ length: 60 }, (_, at) => job(`lane${at % 30}`, `group${at % 30}`)))
    const claims = await Promise.all(Array.from({ length: 4 }, () => claim({ most: 10 })))
    const ids = claims.flatMap(({ jobs }) => idsOf(jobs))
    expect(new Set(ids).size).toBe(ids.length)
    const { rows } = await db.query<{ lanes: number; active: number }>(
      `select count(distinct singleton_key)::int as lanes, count(*)::int as active from pgboss.job where state = 'active'`,
    )
    expect(rows[0]).toEqual({ lanes: ids.length, active: ids.length })
  })

  it('says when more wait than it has looked at', async () => {
    await insert(...Array.from({ length: 50 }, () => job('hot')))
    expect((await claim()).sawAll).toBe(true)
    await insert(...Array.from({ length: 300 }, () => job('hot')))
    expect((await claim()).sawAll).toBe(false)
  })
})

describe('a claim of the newest', () => {
  const newest = (limits: { readonly most?: number; readonly mostPerGroup?: number } = {}) =>
    claimNewest(db, 'live', { most: 32, mostPerGroup: 12, ...limits })

  it('takes what came for somebody idle, behind a line that cannot move', async () => {
    await insert(...Array.from({ length: 1_000 }, (_, at) => job(`hot${at % 10}`)))
    const runs = (await claim()).jobs
    for (const run of runs) await parkJob(boss, db, run, 60_000)
    expect((await claim()).jobs).toEqual([])
    const [idle] = await insert(job('idle', 'other:zendesk'))
    expect((await claim()).jobs).toEqual([])
    expect(idsOf(await newest())).toEqual([idle])
  })

  it('lets nothing overtake in its lane', async () => {
    await insert(job('a'), job('a'))
    expect(await newest()).toEqual([])
    const [run] = (await claim()).jobs
    expect(await newest()).toEqual([])
    if (run === undefined) throw new Error('nothing was claimed')
    await parkJob(boss, db, run, 60_000)
    expect(await newest()).toEqual([])
  })

  it('takes no more of one group than may run at once', async () => {
    await insert(...Array.from({ length: 20 }, (_, at) => job(`lane${at}`)))
    expect(await newest({ mostPerGroup: 3 })).toHaveLength(3)
    expect(await newest({ mostPerGroup: 3 })).toEqual([])
  })
})

describe('a worker', () => {
  it('finds what stands behind more blocked work than a claim looks at', async () => {
    const [head] = await insert(...Array.from({ length: 400 }, () => job('hot')))
    const [behind] = await insert(job('cold', 'other:zendesk'))
    const hold = Promise.withResolvers<void>()
    const ran: WorkItemId[] = []
    const worker = startWorker({
      ...{ boss, db, queue: 'live', slots: 8, slotsPerGroup: 4 },
      onClaim: () => undefined,
      onError: (error) => {
        throw error
      },
      async run(claimed) {
        ran.push(claimed.workItemId)
        if (claimed.workItemId === head) await hold.promise
        await completeJob(boss, db, claimed)
      },
    })
    await expect.poll(() => ran, { timeout: 20_000 }).toContain(behind)
    expect(ran).toEqual([head, behind])
    const stopped = worker.stop()
    hold.resolve()
    await stopped
  })
})
