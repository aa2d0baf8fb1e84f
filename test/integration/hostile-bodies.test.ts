import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { agentComment, customerText, klaviyoDelivery } from '../support/platform-events.ts'
import { expectRefused } from '../support/refusals.ts'
import { fromKlaviyo, fromZendesk, type SignedDelivery } from '../support/signed-delivery.ts'
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
const klaviyo = (content: unknown) =>
  fromKlaviyo(content, { secret: service.bridge.secrets.klaviyo, at: Date.now() })

type Kept = { kind: string; remote_id: string; reason: string; payload: Record<string, unknown> }

async function kept(): Promise<readonly Kept[]> {
  const { rows } = await service.db.query<Kept>(
    `select e.kind, e.remote_id, w.reason, e.payload
     from events e join work_items w on w.event_id = e.id order by e.id`,
  )
  return rows
}

async function expectStored(delivery: SignedDelivery): Promise<readonly Kept[]> {
  expect((await service.deliver(delivery)).status).toBe(200)
  return kept()
}

const NOT_JSON = 'the body is not JSON'
const NO_OBJECT = 'the body is not a JSON object'
const TOO_DEEP = 'the body is nested more than 100 levels deep'

describe('a signed body that is no event', () => {
  const deep = (open: string, close: string) => open.repeat(100_000) + close.repeat(100_000)

  it.each<[string, string | Buffer, string]>([
    ['nothing', '', NOT_JSON],
    ['half an object', '{"type":"zen:', NOT_JSON],
    ['a form', 'payload=%7B%7D', NOT_JSON],
    ['a byte order mark', '\ufeff{}', NOT_JSON],
    ['a raw NUL', '{"type":"a\u0000"}', NOT_JSON],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00]), NOT_JSON],
    ['null', 'null', NO_OBJECT],
    ['a list', '[]', NO_OBJECT],
    ['a number', '1e999', NO_OBJECT],
    ['a text', '"{}"', NO_OBJECT],
    ['100,000 lists in each other', deep('[', ']'), TOO_DEEP],
    ['80,000 objects in each other', `${'{"a":'.repeat(80_000)}1${'}'.repeat(80_000)}`, TOO_DEEP],
    ['100,000 open brackets', '['.repeat(100_000), TOO_DEEP],
  ])('is refused with 400: %s', async (_, body, reason) => {
    await expectRefused(service, zendesk(body), { status: 400, reason })
    await expectRefused(service, klaviyo(body), { status: 400, reason })
  })

  it.each([
    ['no list', '{}'],
    ['an object for its list', '{"data":{}}'],
  ])('is refused with 400 as a Klaviyo delivery with %s', async (_, body) => {
    const response = await service.deliver(klaviyo(body))
    const { error } = (await response.json()) as { error: string }
    expect([response.status, error]).toEqual([400, expect.stringMatching(/cannot be read: data/)])
    expect(await service.count('events')).toBe(0)
  })

  it('brackets inside a text are no depth', async () => {
    const body = agentComment({ eventId: 'brackets', body: '[{'.repeat(500) })
    expect(await expectStored(zendesk(body))).toMatchObject([{ kind: 'comment_added' }])
  })
})

describe('an event of an unknown type', () => {
  it.each(['zen:event-type:ticket.teleported', 'zen:event-type:ticket.__proto__', 'constructor'])(
    'is kept as unsupported: %s',
    async (type) => {
      const rows = await expectStored(zendesk({ type, id: 'new', odd: [1] }))
      expect(rows).toMatchObject([{ kind: type, remote_id: 'new', reason: 'unsupported' }])
    },
  )

  it('is kept as unsupported from Klaviyo', async () => {
    const event = { topic: 'event:klaviyo.sent_pigeon', external_id: 'new', payload: {} }
    const rows = await expectStored(klaviyo(klaviyoDelivery(event)))
    expect(rows).toMatchObject([{ kind: event.topic, remote_id: 'new', reason: 'unsupported' }])
  })

  it('is known again when it has no id and is sent again', async () => {
    const event = { type: 'End User Comment', ticketID: '12345' }
    await expectStored(zendesk(event))
    expect(await expectStored(zendesk(event))).toHaveLength(1)
    expect(await expectStored(zendesk({ ...event, ticketID: '12346' }))).toHaveLength(2)
  })
})

describe('keys that JavaScript treats specially', () => {
  it('are kept as data and reach no prototype', async () => {
    const text = JSON.stringify(customerText({ eventId: 'proto' }))
    const hostile = `${text.slice(0, -1)},"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}`
    const [row] = await expectStored(klaviyo(`{"data":[${hostile}],"__proto__":{"data":[]}}`))
    expect(Object.keys(row?.payload ?? {})).toEqual(
      expect.arrayContaining(['__proto__', 'constructor']),
    )
    expect(row).toMatchObject({ kind: 'customer_message', remote_id: 'proto' })
    expect('polluted' in {}).toBe(false)
  })

  it('may be doubled: the last one counts', async () => {
    const text = JSON.stringify(agentComment({ eventId: 'last' }))
    const doubled = `{"id":"first","type":"x",${text.slice(1)}`
    expect(await expectStored(zendesk(doubled))).toMatchObject([
      { kind: 'comment_added', remote_id: 'last' },
    ])
  })
})
