import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../support/embedded-owner-process.ts'
import { type MortalDatabase, mortalDatabase } from '../support/mortal-database.ts'
import { agentComment } from '../support/platform-events.ts'
import { fromZendesk, type SignedDelivery } from '../support/signed-delivery.ts'
import { startTestService, type TestService } from '../support/test-service.ts'

let database: MortalDatabase
let service: TestService

beforeAll(async () => {
  database = await mortalDatabase()
  service = await startTestService(database.config)
})
afterAll(async () => {
  await service?.close()
  await database?.remove()
})
beforeEach(async () => {
  await service.forget()
})

function comment(number: number): SignedDelivery {
  const event = agentComment({ eventId: `event-${number}`, commentId: `${number}` })
  return fromZendesk(event, { secret: service.bridge.secrets.zendesk, at: Date.now() })
}

async function expectSentAway(delivery: SignedDelivery): Promise<void> {
  const response = await service.deliver(delivery)
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '30'])
  expect(await response.json()).toEqual({ error: 'not stored: send it again' })
}

/** Sends a delivery as its sender would, until it is taken. */
async function deliverUntilTaken(delivery: SignedDelivery): Promise<void> {
  await until('the delivery is taken', async () => (await service.deliver(delivery)).status === 200)
}

async function storedIds(): Promise<readonly string[]> {
  const { rows } = await service.db.query<{ remote_id: string }>('select remote_id from events')
  return rows.map(({ remote_id }) => remote_id).toSorted()
}

describe.each([
  ['is stopped', () => database.stop(), () => database.start()],
  ['is killed', () => database.kill(), () => database.start()],
  ['hangs', () => database.freeze(), () => database.thaw()],
] as const)('while the database %s', (_, lose, restore) => {
  it('senders are told to come again, and what they bring then is stored once', async () => {
    expect((await service.deliver(comment(1))).status).toBe(200)
    await lose()
    try {
      await expectSentAway(comment(1))
      await Promise.all([2, 3, 4].map((number) => expectSentAway(comment(number))))
    } finally {
      await restore()
    }
    for (const number of [1, 2, 3, 4]) await deliverUntilTaken(comment(number))
    expect(await storedIds()).toEqual(['event-1', 'event-2', 'event-3', 'event-4'])
    expect(await service.count('work_items')).toBe(4)
  })

  it('health and metrics are answered, readiness is denied', async () => {
    await lose()
    try {
      expect((await fetch(`${service.url}/healthz`)).status).toBe(200)
      const ready = await fetch(`${service.url}/readyz`)
      expect([ready.status, await ready.json()]).toMatchObject([503, { database: 'unreachable' }])
      const metrics = await fetch(`${service.url}/metrics`)
      expect([metrics.status, await metrics.text()]).toEqual([
        200,
        expect.stringMatching(/replyline_deliveries_total\{platform="zendesk"/),
      ])
      const api = await fetch(`${service.url}/api/events`, {
        headers: { authorization: `Bearer ${service.apiToken}` },
      })
      expect([api.status, api.headers.get('retry-after')]).toEqual([503, '30'])
    } finally {
      await restore()
    }
    await until('it is ready again', async () => (await fetch(`${service.url}/readyz`)).ok)
  })
})

describe('a database that is killed under load', () => {
  it('has kept every event whose sender was answered with 2xx, and keeps the others once', async () => {
    const numbers = Array.from({ length: 400 }, (_, index) => index + 1)
    const answering = numbers.map(async (number, index) => {
      if (index === 200) await database.kill()
      return (await service.deliver(comment(number))).status
    })
    const statuses = await Promise.all(answering)
    await database.start()

    const taken = numbers.filter((_, index) => statuses[index] === 200)
    await until('the database answers', async () => (await fetch(`${service.url}/readyz`)).ok)
    expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([])
    expect(await storedIds()).toEqual(
      expect.arrayContaining(taken.map((number) => `event-${number}`)),
    )

    for (const number of numbers) await deliverUntilTaken(comment(number))
    expect(new Set(await storedIds()).size).toBe(400)
    expect(await service.count('events')).toBe(400)
  })
})
