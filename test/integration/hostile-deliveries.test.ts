import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { agentComment, customerText, klaviyoDelivery } from '../support/platform-events.ts'
import { fromKlaviyo, fromZendesk } from '../support/signed-delivery.ts'
import { startTestService, type TestService } from '../support/test-service.ts'

let database: OwnDatabase
let service: TestService

beforeAll(async () => {
  database = await ownDatabase()
  service = await startTestService(database.config)
})
afterAll(async () => {
  await service?.close()
  await database?.drop()
})
beforeEach(async () => {
  await service.forget()
})

const zendesk = (content: unknown) =>
  fromZendesk(content, { secret: service.bridge.secrets.zendesk, at: Date.now() })
const klaviyo = (...events: readonly unknown[]) =>
  fromKlaviyo(klaviyoDelivery(...events), {
    secret: service.bridge.secrets.klaviyo,
    at: Date.now(),
  })

/** How each event was filed, by its id. */
async function filed(): Promise<Readonly<Record<string, string>>> {
  const { rows } = await service.db.query<{ id: string; filing: string }>(
    `select e.remote_id as id, coalesce(w.reason, w.state) as filing
     from events e join work_items w on w.event_id = e.id`,
  )
  return Object.fromEntries(rows.map(({ id, filing }) => [id, filing]))
}

async function textOf(eventId: string): Promise<unknown> {
  const { rows } = await service.db.query<{ body: string }>(
    `select payload #>> '{payload,data,attributes,event_properties,Message Body}' as body
     from events where remote_id = $1`,
    [eventId],
  )
  return rows[0]?.body
}

const texts = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => customerText({ eventId: `${prefix}${index}` }))

const unreadable = { topic: 'event:klaviyo.sent_sms', external_id: 'bad', payload: { data: 7 } }

describe('the same event, delivered again and again', () => {
  it('is stored once from a thousand deliveries at the same time', async () => {
    const one = zendesk(agentComment({ eventId: 'again' }))
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => service.deliver(one)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    await Promise.all(answers.map((answer) => answer.body?.cancel()))
    expect(await filed()).toEqual({ again: 'not_our_ticket' })
    expect(await service.count('intake_keys')).toBe(1)
  })

  it('is stored once from a thousand copies in one delivery, with one piece of work', async () => {
    const copies = Array.from({ length: 1_000 }, () => customerText({ eventId: 'copy' }))
    expect((await service.deliver(klaviyo(...copies))).status).toBe(200)
    expect(await filed()).toEqual({ copy: 'open' })
    expect(await service.count('pgboss.job')).toBe(1)
  })

  it('is another event on another bridge', async () => {
    const other = await service.addBridge()
    const content = klaviyoDelivery(customerText({ eventId: 'shared' }))
    const forOther = fromKlaviyo(content, { secret: other.secrets.klaviyo, at: Date.now() })
    const answers = await Promise.all([
      service.deliver(klaviyo(customerText({ eventId: 'shared' }))),
      service.deliver(forOther, other),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(await service.count('events')).toBe(2)
  })
})

describe('a delivery of a thousand events with a bad one among them', () => {
  it('keeps the bad one as unreadable and the others as they are', async () => {
    const events = texts(999, 'good')
    const delivery = klaviyo(...events.slice(0, 500), unreadable, ...events.slice(500))
    expect((await service.deliver(delivery)).status).toBe(200)

    const { bad, ...others } = await filed()
    expect(bad).toBe('unreadable')
    expect(Object.keys(others)).toHaveLength(999)
    expect(new Set(Object.values(others))).toEqual(new Set(['open']))
    expect(await service.count('pgboss.job')).toBe(999)
  })
})

describe('what PostgreSQL cannot hold', () => {
  const NUL = '\u0000'
  const LONE = '\ud800'
  const farFuture = customerText({ eventId: 'bad' })
  Object.assign((farFuture.payload as { data: { attributes: object } }).data.attributes, {
    datetime: '+275760-09-12T00:00:00Z',
  })

  it.each<[string, unknown]>([
    ['a NUL in the text', customerText({ eventId: 'bad', body: `a${NUL}b` })],
    ['a lone surrogate in the text', customerText({ eventId: 'bad', body: `a${LONE}b` })],
    ['a NUL in a key', { ...customerText({ eventId: 'bad' }), [`x${NUL}y`]: 1 }],
    ['a lone surrogate in a key', { ...customerText({ eventId: 'bad' }), [LONE]: 1 }],
    ['a NUL in the profile id', customerText({ eventId: 'bad', profileId: `p${NUL}` })],
    ['a space in the profile id', customerText({ eventId: 'bad', profileId: 'a b c' })],
    ['a NUL in the event id', customerText({ eventId: `b${NUL}ad` })],
    ['a text of 64 KB', customerText({ eventId: 'bad', body: 'é'.repeat(65_536) })],
  ])('harms no event, not even its own: %s', async (_, event) => {
    const delivery = klaviyo(...texts(5, 'before'), event, ...texts(5, 'after'))
    expect((await service.deliver(delivery)).status).toBe(200)
    const all = await filed()
    expect([Object.keys(all).length, all.bad]).toEqual([11, 'open'])
    expect(new Set(Object.values(all))).toEqual(new Set(['open']))
  })

  it.each<[string, unknown]>([
    ['a time in the year 275760', farFuture],
    ['a profile id of 10,000 letters', customerText({ eventId: 'bad', profileId: noise(10_000) })],
    ['a topic with a lone surrogate', { topic: `x${LONE}`, external_id: 'bad' }],
  ])('costs the event alone: %s', async (_, event) => {
    const delivery = klaviyo(...texts(5, 'before'), event, ...texts(5, 'after'))
    expect((await service.deliver(delivery)).status).toBe(200)
    const { bad, ...others } = await filed()
    expect(bad).toMatch(/^un(readable|supported)$/)
    expect(Object.values(others)).toEqual(Array(10).fill('open'))
  })

  it('is stored once even as an id of 10,000 letters', async () => {
    const delivery = klaviyo(...texts(5, 'before'), customerText({ eventId: noise(10_000) }))
    expect((await service.deliver(delivery)).status).toBe(200)
    expect((await service.deliver(delivery)).status).toBe(200)
    expect(Object.values(await filed()).toSorted()).toEqual([
      ...Array(5).fill('open'),
      'unreadable',
    ])
  })

  it('loses only the characters that cannot be held', async () => {
    const body = `a${NUL}b${LONE}c 👋🏽 שלום {{ticket.id}}`
    await service.deliver(klaviyo(customerText({ eventId: 'text', body })))
    expect(await textOf('text')).toBe('ab\ufffdc 👋🏽 שלום {{ticket.id}}')
  })

  it('fails nobody else in the same flush', async () => {
    const events = Array.from({ length: 200 }, (_, index) => {
      const eventId = index % 20 === 7 ? `${index}${noise(9_000)}` : `e${index}`
      return zendesk(agentComment({ eventId, commentId: `${index + 1}` }))
    })
    const answers = await Promise.all(events.map((event) => service.deliver(event)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(await service.count('events')).toBe(200)
  })
})

/** Letters that do not compress: an index entry may be long as long as it is dull. */
function noise(length: number): string {
  let seed = 1
  return Array.from({ length }, () => {
    seed = (seed * 48_271) % 2_147_483_647
    return String.fromCharCode(97 + (seed % 26))
  }).join('')
}
