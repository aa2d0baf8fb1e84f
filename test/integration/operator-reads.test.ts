import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureConversation } from '../../src/db/conversation-store.ts'
import { adoptTicket } from '../../src/db/ticket-store.ts'
import type { BridgeId, CustomerId, ProfileId, TicketId } from '../../src/kernel/ids.ts'
import { instant } from '../../src/kernel/instant.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { customerText, klaviyoDelivery } from '../support/platform-events.ts'
import { fromKlaviyo } from '../support/signed-delivery.ts'
import type { TestBridge } from '../support/test-bridge.ts'
import { startTestService, type TestService } from '../support/test-service.ts'

const FIRST = '+14155550111'
const SECOND = '+4799887766'

let database: OwnDatabase
let service: TestService
let other: TestBridge

type Listed = {
  readonly conversations: readonly {
    readonly id: string
    readonly bridge: string
    readonly brandNumber: string
    readonly customerNumber: string
    readonly state: string
    readonly why: string | null
    readonly cursor: string
  }[]
}

const ask = (path: string, headers: Readonly<Record<string, string>> = bearer()) =>
  fetch(`${service.url}/api/${path}`, { headers })
const bearer = () => ({ authorization: `Bearer ${service.apiToken}` })
const json = async <Body>(path: string) => (await (await ask(path)).json()) as Body
const list = async (query: Readonly<Record<string, string>> = {}) =>
  (await json<Listed>(`conversations?${new URLSearchParams(query)}`)).conversations
const brands = async (query: Readonly<Record<string, string>>) =>
  (await list(query)).map(({ brandNumber }) => brandNumber)

async function customerOf(bridge: TestBridge, phone: string, eventId: string): Promise<CustomerId> {
  const text = klaviyoDelivery(customerText({ eventId, phone, profileId: `P${phone}` }))
  const at = Date.now()
  await service.deliver(fromKlaviyo(text, { secret: bridge.secrets.klaviyo, at }), bridge)
  const { rows } = await service.db.query<{ id: CustomerId }>(
    'select customer_id as id from events where remote_id = $1',
    [eventId],
  )
  return rows[0]?.id as CustomerId
}

let made = 0
const NAMES: Readonly<Record<number, string>> = { 2: 'Åsa  Lind', 3: 'Liv 50% Berg' }

async function converse(
  bridgeId: BridgeId,
  customerId: CustomerId,
  given: { readonly number: string; readonly brandNumber: string; readonly ticketId?: string },
): Promise<string> {
  made += 1
  const { id } = await ensureConversation(
    service.db,
    { bridgeId, customerId, channel: 'sms', brandNumber: given.brandNumber },
    {
      profileId: `P${given.number}` as ProfileId,
      customerNumber: given.number,
      customerName: NAMES[made] ?? null,
      customerEmail: `Who%Ever_${made}@example.com`,
    },
    {
      id: `00000000-0000-4000-8000-00000000000${made}`,
      now: instant(Date.parse('2026-11-20T12:00:00Z') + made),
    },
  )
  if (given.ticketId !== undefined)
    await adoptTicket(service.db, { id, bridgeId }, given.ticketId as TicketId)
  return id
}

beforeAll(async () => {
  database = await ownDatabase()
  service = await startTestService(database.config)
  other = await service.addBridge()
  const { bridge } = service
  const first = await customerOf(bridge, FIRST, 'text-1')
  await converse(bridge.id, first, { number: FIRST, brandNumber: 'one', ticketId: '11' })
  await converse(bridge.id, first, { number: FIRST, brandNumber: 'two', ticketId: '12' })
  const second = await customerOf(bridge, SECOND, 'text-2')
  await converse(bridge.id, second, { number: SECOND, brandNumber: 'three' })
  const elsewhere = await customerOf(other, FIRST, 'text-3')
  await converse(other.id, elsewhere, { number: FIRST, brandNumber: 'four', ticketId: '11' })
})
afterAll(async () => {
  await service?.close()
  await database?.drop()
})

describe('the conversations', () => {
  it('come newest activity first, and page by page without gap or repeat', async () => {
    expect(await brands({})).toEqual(['four', 'three', 'two', 'one'])
    const first = await list({ limit: '3' })
    const before = first.at(-1)?.cursor ?? ''
    expect(await brands({ limit: '3', before })).toEqual(['one'])
  })

  it.each<[string, readonly string[]]>([
    ['415 555 0111', ['four', 'two', 'one']],
    ['99 88 77 66', ['three']],
    ['+47 9988', ['three']],
    ['7766', ['three']],
    ['#11', ['four', 'one']],
    ['12', ['two']],
    [`P${SECOND}`, ['three']],
    ['who%ever_3', ['three']],
    ['WHO%EVER_3@EXAMPLE.COM', ['three']],
    ['åsa', ['two']],
    ['Lind', ['two']],
    ['liv 50% b', ['three']],
    ['BERG', ['three']],
    ['50%', []],
    ['who_ever', []],
    ['%', []],
    ['#999', []],
    ['+', []],
  ])('that %j names are found', async (search, found) => {
    expect(await brands({ search })).toEqual(found)
  })

  it('of one bridge are found by its name, and no others', async () => {
    const [{ bridge: name = '' } = {}] = await list({ search: '#12' })
    expect(await brands({ bridge: name })).toEqual(['three', 'two', 'one'])
    expect(await brands({ bridge: name, search: FIRST })).toEqual(['two', 'one'])
    expect(await brands({ bridge: 'no such bridge' })).toEqual([])
  })

  it('that have no ticket are found by that, unless they still wait', async () => {
    expect(await brands({ state: 'no_ticket' })).toEqual([])
    await service.db.query("update work_items set state = 'done', reason = 'not_subscribed'")
    const [three, ...others] = await list({ state: 'no_ticket' })
    expect(others).toEqual([])
    expect(three).toMatchObject({ brandNumber: 'three', state: 'no_ticket' })
    await service.db.query("update work_items set state = 'open', reason = null")
  })

  it('wait while a text of their customer is not decided on', async () => {
    const states = (await list({ state: 'waiting' })).map(({ state }) => state)
    expect(states).toEqual(['waiting', 'waiting', 'waiting', 'waiting'])
    expect(await brands({ state: 'failed' })).toEqual([])
  })

  it('failed when work of their customer was set aside, and say with what error', async () => {
    await service.db.query(
      `update work_items set state = 'set_aside', error = 'boom' where event_id = (select id from events where remote_id = 'text-2')`,
    )
    const [failed, ...others] = await list({ state: 'failed' })
    expect(others).toEqual([])
    expect(failed).toMatchObject({ brandNumber: 'three', state: 'failed' })
    expect(failed?.why).toContain('boom')
  })
})

describe('a conversation', () => {
  it('shows what its customer wrote, and nothing of other customers and bridges', async () => {
    const [{ id = '' } = {}] = await list({ search: `P${SECOND}` })
    const { timeline, tickets } = await json<{
      timeline: readonly { remoteId: string; text: string }[]
      tickets: readonly unknown[]
    }>(`conversations/${id}`)
    expect(timeline.map(({ remoteId, text }) => [remoteId, text])).toEqual([
      ['text-2', 'Where is my order?'],
    ])
    expect(tickets).toEqual([])
  })

  it('does not show what was decided for another one of the same customer', async () => {
    const [two, one] = await list({ search: FIRST, limit: '3' }).then((found) =>
      found.filter(({ brandNumber }) => brandNumber !== 'four'),
    )
    await service.db.query(
      `update work_items set conversation_id = $1 where event_id = (select id from events where remote_id = 'text-1')`,
      [one?.id],
    )
    const remoteIds = async (id = '') =>
      (
        await json<{ timeline: readonly { remoteId: string }[] }>(`conversations/${id}`)
      ).timeline.map(({ remoteId }) => remoteId)
    expect(await remoteIds(one?.id)).toEqual(['text-1'])
    expect(await remoteIds(two?.id)).toEqual([])
  })

  it('that does not exist is said so', async () => {
    const response = await ask('conversations/00000000-0000-4000-8000-ffffffffffff')
    expect([response.status, await response.json()]).toEqual([
      404,
      { error: 'no conversation has this id' },
    ])
  })
})

describe('the overview', () => {
  it('counts what came in since the hour that was asked for', async () => {
    const count = async (since: number) =>
      (
        await json<{ bridges: readonly { events: number }[] }>(
          `overview?${new URLSearchParams({ since: new Date(since).toISOString() })}`,
        )
      ).bridges.reduce((sum, { events }) => sum + events, 0)
    expect(await count(Date.now() - 60_000)).toBe(3)
    expect(await count(Date.now() + 60_000)).toBe(0)
  })

  it('tells bridges apart', async () => {
    type Bridge = { id: string; failing: unknown; lastReceived: { eventId: string } | null }
    const { bridges } = await json<{ bridges: readonly Bridge[] }>('overview')
    const mine = bridges.find(({ id }) => id === service.bridge.id)
    const theirs = bridges.find(({ id }) => id === other.id)
    expect(mine?.failing).toEqual([{ what: 'set_aside', count: 1 }])
    expect(theirs?.failing).toEqual([])
    expect(mine?.lastReceived?.eventId).not.toBe(theirs?.lastReceived?.eventId)
  })
})

describe('what cannot be asked', () => {
  it.each([
    'conversations?limit=0',
    'conversations?limit=1000',
    'conversations?state=odd',
    'conversations?before=yesterday',
    'conversations?before=2026-99-99T00:00:00Z~00000000-0000-4000-8000-000000000001',
    `conversations?search=${'1'.repeat(201)}`,
    'conversations/77',
    'conversations/00000000-0000-4000-8000-000000000001?before=77',
    'overview?since=yesterday',
  ])('%s is refused with a sentence', async (path) => {
    const response = await ask(path)
    expect(response.status).toBe(400)
    expect(((await response.json()) as { error: string }).error).toMatch(/\w/)
  })

  it.each(['overview', 'conversations', 'conversations/x', 'changes'])(
    '%s is for nobody who has not signed in',
    async (path) => {
      expect((await ask(path, {})).status).toBe(401)
    },
  )

  it.each(['%00', '%f0%9f%a6%9c', "'; drop table conversations --"])(
    'a search for %s harms nothing',
    async (search) => {
      expect((await ask(`conversations?search=${search}`)).status).toBe(200)
      expect(await list()).toHaveLength(4)
    },
  )
})

describe('the log', () => {
  it('holds neither numbers nor words of those who were looked at', () => {
    for (const secret of [FIRST, SECOND, '4155550111', 'example.com', 'Where is my order'])
      expect(service.logged()).not.toContain(secret)
  })
})
