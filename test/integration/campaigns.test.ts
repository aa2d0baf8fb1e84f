import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureConversation } from '../../src/db/conversation-store.ts'
import { adoptTicket, saveTicketStatus } from '../../src/db/ticket-store.ts'
import type { CustomerId, TicketId } from '../../src/kernel/ids.ts'
import { instant } from '../../src/kernel/instant.ts'
import { element, resource } from '../../src/klaviyo/testing/event-delivery.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { customerText, klaviyoDelivery } from '../support/platform-events.ts'
import { fromKlaviyo } from '../support/signed-delivery.ts'
import { startTestService, type TestService } from '../support/test-service.ts'

const OPEN = '+14155550111'
const CLOSED = '+14155550112'
const STRANGER = '+14155550113'
const SPRING = { $message: 'm-spring', 'Campaign Name': 'Spring' }

let database: OwnDatabase
let service: TestService

beforeAll(async () => {
  database = await ownDatabase()
  service = await startTestService(database.config)
  await haveTicket(OPEN, '1', 'open')
  await haveTicket(CLOSED, '2', 'closed')
})
afterAll(async () => {
  await service?.close()
  await database?.drop()
})

const deliver = (...elements: readonly unknown[]) =>
  service.deliver(
    fromKlaviyo(klaviyoDelivery(...elements), {
      secret: service.bridge.secrets.klaviyo,
      at: Date.now(),
    }),
  )

/** A customer who texted once, and whose ticket is as given. */
async function haveTicket(phone: string, ticketId: string, status: 'open' | 'closed') {
  const eventId = `text-${phone}`
  await deliver(customerText({ eventId, phone, profileId: `P${phone}` }))
  const { rows } = await service.db.query<{ id: CustomerId }>(
    'select customer_id as id from events where remote_id = $1',
    [eventId],
  )
  const [{ id: customerId } = { id: '' as CustomerId }] = rows
  const bridgeId = service.bridge.id
  const key = { bridgeId, customerId, channel: 'sms', brandNumber: '' } as const
  const fresh = { id: crypto.randomUUID(), now: instant(Date.now()) }
  const { id } = await ensureConversation(service.db, key, {}, fresh)
  await adoptTicket(service.db, { id, bridgeId }, ticketId as TicketId)
  await saveTicketStatus(service.db, bridgeId, ticketId as TicketId, status, fresh.now)
}

/** A campaign's text that reached a phone. */
function arrived(eventId: string, phone: string, origin: object = SPRING, attributes = {}) {
  const data = {
    ...resource({ ...origin, 'Message Body': '30 % off', 'To Number': phone }, attributes),
    id: eventId,
    relationships: { profile: { data: { type: 'profile', id: `P${phone}` } } },
  }
  return { ...element('received_sms', data), external_id: eventId }
}

async function campaigns() {
  const headers = { authorization: `Bearer ${service.apiToken}` }
  const answer = await fetch(`${service.url}/api/overview`, { headers })
  const { bridges } = (await answer.json()) as {
    bridges: {
      id: string
      campaigns: {
        name: string | null
        origin: string
        counts: { reason: string; count: number }[]
      }[]
    }[]
  }
  return bridges.find(({ id }) => id === service.bridge.id)?.campaigns ?? []
}

const stored = async () => {
  const { rows } = await service.db.query<{ remote_id: string; reason: string }>(
    `select e.remote_id, w.reason from events e join work_items w on w.event_id = e.id
     where e.kind = 'message_delivered' order by e.remote_id`,
  )
  return rows
}

describe('a campaign that arrives on many phones', () => {
  it('is kept for whom it reached with a current ticket, and counted for all others', async () => {
    const strangers = Array.from({ length: 500 }, (_, at) =>
      arrived(`s${at}`, `+1415666${String(at).padStart(4, '0')}`),
    )
    const answer = await deliver(arrived('o', OPEN), arrived('c', CLOSED), ...strangers)
    expect(answer.status).toBe(200)
    expect(await stored()).toEqual([{ remote_id: 'o', reason: 'marketing_message' }])
    expect(await campaigns()).toMatchObject([
      {
        origin: 'message:m-spring',
        name: 'Spring',
        counts: [
          { reason: 'marketing_message', count: 1 },
          { reason: 'marketing_to_stranger', count: 500 },
          { reason: 'marketing_without_ticket', count: 1 },
        ],
      },
    ])
  })

  it('is counted once, however often it is delivered', async () => {
    const before = await campaigns()
    for (let at = 0; at < 3; at += 1) await deliver(arrived('o', OPEN), arrived('s1', STRANGER))
    expect(await campaigns()).toEqual(before)
    expect(await stored()).toHaveLength(1)
  })

  it('leaves each profile the last one that reached it, whatever order they come in', async () => {
    const last = arrived('f-late', STRANGER, { $flow: 'f1' })
    const datetime = '2020-01-01 00:00:00+00:00'
    await deliver(last, arrived('f-early', STRANGER, SPRING, { datetime }))
    const { rows } = await service.db.query(
      'select marketing_origin, flow_message_at is not null as flow from profiles where profile_id = $1',
      [`P${STRANGER}`],
    )
    expect(rows).toEqual([{ marketing_origin: 'flow:f1', flow: true }])
  })

  it('harms nobody by one event that cannot be held', async () => {
    const bad = arrived('bad', STRANGER, { ...SPRING, 'Campaign Name': 'nul \u0000' })
    const datetime = '+275760-09-13T00:00:00.000Z'
    const far = arrived('far', STRANGER, SPRING, { datetime, timestamp: 8.64e12 })
    expect((await deliver(bad, far, arrived('good', OPEN))).status).toBe(200)
    const kept = (await stored()).map(({ remote_id }) => remote_id)
    expect(kept).toEqual(expect.arrayContaining(['good', 'o']))
  })
})

describe('a delivery for a bridge that was removed a moment ago', () => {
  it('is answered, kept nowhere, and harms no other', async () => {
    const gone = await service.addBridge()
    const send = (eventId: string, to = gone) =>
      service.deliver(
        fromKlaviyo(klaviyoDelivery(customerText({ eventId })), {
          secret: to.secrets.klaviyo,
          at: Date.now(),
        }),
        to,
      )
    await send('before')
    await service.db.query('delete from bridges where id = $1', [gone.id])
    const [after, neighbour] = await Promise.all([send('after'), send('neighbour', service.bridge)])
    expect([after.status, neighbour.status]).toEqual([200, 200])
    const { rows } = await service.db.query(
      "select remote_id from events where remote_id in ('after', 'neighbour')",
    )
    expect(rows).toEqual([{ remote_id: 'neighbour' }])
  })
})
