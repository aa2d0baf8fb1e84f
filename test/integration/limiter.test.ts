import type pg from 'pg'
import { v7 } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createLimiter } from '../../src/connections/limiter.ts'
import { createPool } from '../../src/db/pool.ts'
import type { Tx } from '../../src/db/records.ts'
import type { ConnectionId } from '../../src/kernel/ids.ts'
import { instant } from '../../src/kernel/instant.ts'
import { klaviyoDraws } from '../../src/klaviyo/limit-draws.ts'
import type { Draw, Limiter } from '../../src/outbound/limiter.ts'
import { zendeskDraws } from '../../src/zendesk/limit-draws.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const TEXTS = klaviyoDraws('create_conversation_message')

let database: OwnDatabase
let pool: pg.Pool
let id: ConnectionId
let now = 0

beforeAll(async () => {
  database = await ownDatabase()
  pool = createPool(database.config, { max: 4 })
})
afterAll(async () => {
  await pool?.end()
  await database?.drop()
})
beforeEach(() => {
  id = v7() as ConnectionId
  now = 1_800_000_000_123
})

/** A process of its own: nothing in its memory is another's. */
const limiter = (headersOnly = false): Limiter =>
  createLimiter({
    ...{ db: pool as unknown as Tx, id, headersOnly },
    clock: { now: () => instant(now) },
  })

/** Takes as fast as it may for so long, and answers when each call left. */
async function takeFor(draws: readonly Draw[], forMs: number, askers: readonly Limiter[]) {
  const at: number[] = []
  const until = now + forMs
  for (let turn = 0; now < until; turn += 1) {
    const asker = askers[turn % askers.length]
    const waitMs = (await asker?.take(draws)) ?? 0
    if (waitMs === 0) at.push(now)
    else now += Math.ceil(waitMs)
  }
  return at
}

function mostIn(at: readonly number[], windowMs: number): number {
  return Math.max(
    ...at.map((from) => at.filter((one) => one >= from && one < from + windowMs).length),
  )
}

describe('the limits of an account', () => {
  it('are kept in any window, however the platform cuts its own, and used nearly whole', async () => {
    const at = await takeFor(TEXTS, 5 * MINUTE, [limiter()])
    expect(mostIn(at, SECOND)).toBeLessThanOrEqual(3)
    expect(mostIn(at, MINUTE)).toBeLessThanOrEqual(60)
    expect(at.length).toBeGreaterThanOrEqual(0.95 * 5 * 60)
  })

  it('are shared by every process', async () => {
    const at = await takeFor(TEXTS, 3 * MINUTE, [limiter(), limiter(), limiter()])
    expect(mostIn(at, SECOND)).toBeLessThanOrEqual(3)
    expect(mostIn(at, MINUTE)).toBeLessThanOrEqual(60)
  })

  it('are no other account’s', async () => {
    for (const _ of [1, 2, 3]) await limiter().take(TEXTS)
    expect(await limiter().take(TEXTS)).toBeGreaterThan(0)
    id = v7() as ConnectionId
    expect(await limiter().take(TEXTS)).toBe(0)
  })

  it('hold for one ticket apart from another', async () => {
    const ours = limiter()
    for (let turn = 0; turn < 30; turn += 1)
      await ours.take(zendeskDraws('PUT', '/api/v2/tickets/7'))
    expect(await ours.take(zendeskDraws('PUT', '/api/v2/tickets/7'))).toBeGreaterThan(9 * MINUTE)
    expect(await ours.take(zendeskDraws('PUT', '/api/v2/tickets/8'))).toBe(0)
  })

  it('take nothing of one bucket when another is full', async () => {
    const full = [{ bucket: 'full', most: 1, perMs: MINUTE }]
    const free = { bucket: 'free', most: 2, perMs: MINUTE }
    await limiter().take(full)
    for (const _ of [1, 2, 3]) await limiter().take([free, ...full])
    expect(await limiter().take([free])).toBe(0)
    expect(await limiter().take([free])).toBe(0)
    expect(await limiter().take([free])).toBeGreaterThan(0)
  })
})

describe('what a platform says', () => {
  it('corrects how much a bucket holds', async () => {
    const ours = limiter()
    const draws = zendeskDraws('PUT', '/api/v2/tickets/7').slice(1, 2)
    ours.hear({ limit: 'tickets-update', remaining: 19, total: 20, resetMs: MINUTE })
    const at = await takeFor(draws, 2 * MINUTE, [ours])
    expect(mostIn(at, MINUTE)).toBeLessThanOrEqual(20)
    expect(at.length).toBeGreaterThanOrEqual(36)
  })

  it('of a minute says nothing of a second', async () => {
    const ours = limiter()
    const { bucket: limit } = TEXTS[1] as Draw
    ours.hear({ limit, remaining: 59, total: 60, resetMs: MINUTE })
    const at = await takeFor(TEXTS, 20 * SECOND, [ours])
    expect(mostIn(at, SECOND)).toBeLessThanOrEqual(3)
    expect(at.length).toBeGreaterThanOrEqual(40)
  })

  it('that nothing is left closes the bucket until it says', async () => {
    const ours = limiter()
    ours.hear({ limit: 'account', remaining: 0, total: 700, resetMs: 30 * SECOND })
    expect(ours.peek(zendeskDraws('GET', '/api/v2/users/me'))).toBeGreaterThanOrEqual(30 * SECOND)
  })

  it('with a 429 is obeyed by every process, to the end', async () => {
    const [one, other] = [limiter(), limiter()]
    await one.take(TEXTS)
    await one.refused(TEXTS, 40 * SECOND)
    expect(await other.take(TEXTS)).toBeGreaterThanOrEqual(40 * SECOND)
    now += 40 * SECOND - 1
    expect(await limiter().take(TEXTS)).toBeGreaterThan(0)
    now += 2
    expect(await limiter().take(TEXTS)).toBe(0)
  })

  it('with a 429 about one ticket closes that ticket alone', async () => {
    const ours = limiter()
    await ours.refused(zendeskDraws('PUT', '/api/v2/tickets/7'), 468 * SECOND)
    expect(await ours.take(zendeskDraws('PUT', '/api/v2/tickets/7'))).toBeGreaterThan(467 * SECOND)
    expect(await ours.take(zendeskDraws('PUT', '/api/v2/tickets/8'))).toBe(0)
  })

  it('is all that counts where the limits are off', async () => {
    const ours = limiter(true)
    for (let turn = 0; turn < 100; turn += 1) expect(await ours.take(TEXTS)).toBe(0)
    await ours.refused(TEXTS, SECOND)
    expect(await ours.take(TEXTS)).toBeGreaterThan(0)
  })
})

it('a backlog is told to come back one by one, not all at once', async () => {
  const ours = limiter()
  await ours.refused(TEXTS, 10 * SECOND)
  const waits = [1, 2, 3, 4].map(() => ours.peek(TEXTS))
  expect(new Set(waits).size).toBe(4)
  expect(waits[3]).toBeLessThan(10 * SECOND + 5 * SECOND)
  now += 11 * SECOND
  expect(ours.peek(TEXTS)).toBe(0)
})
