import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EventStory, findStories } from '../../src/db/readback.ts'
import { type OwnDatabase, ownDatabase } from '../support/own-database.ts'
import { agentComment, customerText, klaviyoDelivery } from '../support/platform-events.ts'
import { fromKlaviyo, fromZendesk } from '../support/signed-delivery.ts'
import { startTestService, type TestService } from '../support/test-service.ts'

let database: OwnDatabase
let service: TestService
let ours: Readonly<Record<string, string>>

const COMMENT = 'c0ffee00-0000-4000-8000-000000000001'
const STATUS = 'c0ffee00-0000-4000-8000-000000000002'

beforeAll(async () => {
  database = await ownDatabase()
  service = await startTestService(database.config)
  const { secrets } = service.bridge
  const at = Date.now()
  const comment = agentComment({ eventId: COMMENT, ticketId: '77', commentId: '990077' })
  const status = {
    ...{ ...comment, id: STATUS, type: 'zen:event-type:ticket.status_changed' },
    event: { previous: 'OPEN', current: 'SOLVED' },
  }
  const texts = klaviyoDelivery(
    customerText({ eventId: 'text-1' }),
    { topic: 'event:klaviyo.sent_pigeon', external_id: 'pigeon-1', payload: {} },
    { topic: 'event:klaviyo.sent_sms', external_id: 'broken-1', payload: { data: 7 } },
  )
  for (const content of [comment, status])
    expect((await service.deliver(fromZendesk(content, { secret: secrets.zendesk, at }))).ok).toBe(
      true,
    )
  expect((await service.deliver(fromKlaviyo(texts, { secret: secrets.klaviyo, at }))).ok).toBe(true)
  const { rows } = await service.db.query<{ id: string; remote_id: string }>(
    'select id, remote_id from events',
  )
  ours = Object.fromEntries(rows.map(({ id, remote_id }) => [remote_id, id]))
})
afterAll(async () => {
  await service?.close()
  await database?.drop()
})

type Told = Omit<EventStory, 'work'> & {
  readonly work: readonly { reason: string | null; says: string | null; remedy: string | null }[]
}

async function ask(id: string, authorization = `Bearer ${service.apiToken}`): Promise<Response> {
  const url = `${service.url}/api/events/${encodeURIComponent(id)}`
  return fetch(url, { headers: { authorization } })
}

/** The platform's id and the reason of every event that an id leads to, newest first. */
async function told(
  id: string,
): Promise<readonly (readonly [string, string | null | undefined])[]> {
  const response = await ask(id)
  expect(response.status).toBe(200)
  const { events } = (await response.json()) as { events: readonly Told[] }
  const found = await findStories(service.db, id)
  expect(found.map((story) => story.id)).toEqual(events.map((event) => event.id))
  expect(found.map(({ work }) => work.map(({ reason }) => reason))).toEqual(
    events.map(({ work }) => work.map(({ reason }) => reason)),
  )
  return events.map(({ remoteId, work }) => [remoteId, work[0]?.reason])
}

describe('an event', () => {
  it.each([
    [COMMENT, 'not_our_ticket'],
    [STATUS, 'not_a_resolution'],
    ['text-1', null],
    ['pigeon-1', 'unsupported'],
    ['broken-1', 'unreadable'],
  ])('%s is found by our id and by the platform’s, with its reason', async (remoteId, reason) => {
    expect(await told(remoteId)).toEqual([[remoteId, reason]])
    expect(await told(ours[remoteId] ?? '')).toEqual([[remoteId, reason]])
    expect(await told((ours[remoteId] ?? '').toUpperCase())).toEqual([[remoteId, reason]])
  })

  it('is found by its ticket’s number, with all that happened to the ticket', async () => {
    expect(await told('77')).toEqual([
      [STATUS, 'not_a_resolution'],
      [COMMENT, 'not_our_ticket'],
    ])
  })

  it('is found by its comment’s id', async () => {
    expect(await told('990077')).toEqual([[COMMENT, 'not_our_ticket']])
  })

  it('says its reason as a sentence, and what would change it', async () => {
    const { events } = (await (await ask('broken-1')).json()) as { events: readonly Told[] }
    expect(events[0]?.work[0]).toMatchObject({
      reason: 'unreadable',
      says: expect.stringMatching(/^The event lacks something needed/),
      remedy: expect.stringMatching(/^Report/),
    })
  })
})

describe('an id that leads nowhere', () => {
  it.each([
    ['unknown', 'nothing'],
    ['an unknown UUID', '00000000-0000-4000-8000-000000000000'],
    ['36 dashes', '-'.repeat(36)],
    ['a NUL', '\u0000'],
    ['SQL', "' or 1=1 --"],
    ['a wildcard', '%'],
    ['emoji', '👋🏽'],
    ['200 letters', 'x'.repeat(200)],
  ])('is not found: %s', async (_, id) => {
    const response = await ask(id)
    expect([response.status, await response.json()]).toEqual([
      404,
      { error: 'no event has this id' },
    ])
    expect(await findStories(service.db, id)).toEqual([])
  })

  it.each([
    ['more than 200 letters', 'x'.repeat(201)],
    ['half a character', '%ff'],
  ])('is not answered with an error of ours: %s', async (_, id) => {
    const url = `${service.url}/api/events/${id}`
    const response = await fetch(url, { headers: { authorization: `Bearer ${service.apiToken}` } })
    expect([400, 404]).toContain(response.status)
  })
})

describe('who may ask', () => {
  it.each([
    ['no token', ''],
    ['an unknown token', 'Bearer rl_0000'],
    ['an empty token', 'Bearer '],
    ['another scheme', 'Basic cmw6cmw='],
    ['two tokens', 'Bearer a b'],
  ])('is refused with %s, for every path', async (_, authorization) => {
    for (const path of ['events', 'events/77', 'failures', 'bridges', 'nothing']) {
      const response = await fetch(`${service.url}/api/${path}`, { headers: { authorization } })
      expect(response.status).toBe(401)
      expect(await response.text()).not.toContain('990077')
    }
  })

  it('may write the scheme in any case', async () => {
    expect((await ask('77', `bearer ${service.apiToken}`)).status).toBe(200)
  })

  it('is not told by a token’s hash', async () => {
    const { rows } = await service.db.query<{ hash: string }>('select hash from api_tokens')
    expect((await ask('77', `Bearer ${rows[0]?.hash}`)).status).toBe(401)
  })
})
