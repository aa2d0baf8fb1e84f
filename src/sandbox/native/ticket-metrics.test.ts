import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  ALVA,
  createTestNative,
  SARAH,
  type SeenEvent,
  type TestNative,
} from './native-for-tests.ts'

let native: TestNative

beforeEach(async () => {
  native = createTestNative()
  await native.install({ metrics: true })
})
afterEach(() => native.close())

const opened = () => native.events('Opened Ticket')
const resolved = () => native.events('Resolved Ticket')

async function addToZendesk(things: string, body: object): Promise<void> {
  const send = (path: string, sent: object, headers = {}) =>
    native.zendesk.app.request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(sent),
    })
  const client = { client_id: 'replyline', client_secret: 'replyline-secret' }
  const grant = { grant_type: 'client_credentials', scope: 'read write', ...client }
  const granted = await send('/oauth/tokens', grant)
  const { access_token } = JSON.parse(await granted.text()) as { access_token: string }
  const authorization = `Bearer ${access_token}`
  expect((await send(`/api/v2/${things}`, body, { authorization })).status).toBe(201)
}

describe('Opened Ticket', () => {
  it('is recorded at once when a ticket is opened, by whatever way (N1, N41, N45, N48, N49)', async () => {
    const { body } = await native.mails()
    expect(await opened()).toMatchObject([
      { profile: { email: 'kari@example.com' }, properties: { Ticket_id: body.id, Status: 'new' } },
    ])
  })

  it('shows on the profile of the requester (N46)', async () => {
    await native.mails({ requesterEmail: 'sarah.lind@example.com' })
    const { body } = await native.ask<{ events: SeenEvent[] }>('GET', `/profiles/${SARAH}`)
    expect(body.events).toMatchObject([{ metric: 'Opened Ticket', integration: 'zendesk' }])
  })

  it('belongs to whoever texted when a text made the ticket', async () => {
    await native.install({ sms: true })
    const { body } = await native.texts(SARAH, 'Where is my parcel?')
    expect(await opened()).toMatchObject([
      { profileId: body.profileId, properties: { Channel: 'sms', Tags: ['sms'] } },
    ])
  })

  it('is not recorded of tickets from before (L42)', async () => {
    await native.install({ metrics: false })
    await native.mails()
    await native.install({ metrics: true })
    expect(await opened()).toEqual([])
  })
})

describe('Resolved Ticket', () => {
  it('is recorded when the ticket is closed, and not when it is solved (N41, N45, N50, L51)', async () => {
    const { id } = (await native.mails()).body
    await native.becomes(id, 'solved')
    expect(await resolved()).toEqual([])
    await native.becomes(id, 'closed')
    expect(await resolved()).toMatchObject([{ properties: { Ticket_id: id, Status: 'closed' } }])
  })

  it('is recorded when the automation of the article closes a text’s ticket (N66, N67)', async () => {
    await native.install({ sms: true })
    await native.texts(SARAH, 'Where is my parcel?')
    await native.becomes((await native.ticket()).id, 'solved')
    await addToZendesk('automations', {
      automation: {
        title: 'Close SMS tickets 24 hours after solved',
        all: [
          { field: 'status', operator: 'is', value: 'solved' },
          { field: 'SOLVED', operator: 'is', value: '24' },
          { field: 'current_tags', operator: 'includes', value: 'sms' },
        ],
        actions: [{ field: 'status', value: 'closed' }],
      },
    })
    native.doubt('automations_run', 'on_request')
    native.world.clock.advance(24 * 3_600_000)
    await native.ask('POST', '/run-automations')
    const { id, status } = await native.ticket()
    expect(status).toBe('closed')
    const ids = (await resolved()).map(({ properties }) => properties.Ticket_id)
    expect(ids.filter((one) => one === id)).toHaveLength(1)
  })

  it.each([
    ['on', 1],
    ['off', 0],
  ])('with native_merge_resolves %s, a merge resolves: %i', async (value, count) => {
    native.doubt('native_merge_resolves', value)
    const [from, into] = [(await native.mails()).body.id, (await native.mails()).body.id]
    await native.ask('POST', `/tickets/${from}/merge`, { into })
    expect(await resolved()).toHaveLength(count)
  })
})

describe('the properties of both (N52, N53, N54, N55, N56, N57, N58, N59, N60, N61, N62, N63, N64, N65)', () => {
  const NAMES = [
    'Assignee_email',
    'Assignee_name',
    'Channel',
    'Description',
    'Fields',
    'Group_name',
    'Priority',
    'Status',
    'Subject',
    'Tags',
    'Ticket_id',
    'Type',
    'Via',
    'Zendesk_url',
  ]

  async function resolvedTicket(): Promise<readonly SeenEvent[]> {
    const customFields = { 'Order number': 'A-17' }
    const { id } = (await native.mails({ tags: ['vip'], customFields })).body
    await native.comments(id, 'Here it is.')
    await native.becomes(id, 'closed')
    return [...(await opened()), ...(await resolved())]
  }

  it('are these fourteen, by exactly their names', async () => {
    const names = (await resolvedTicket()).map(({ properties }) =>
      Object.keys(properties)
        .filter((name) => name !== '$event_id')
        .sort(),
    )
    expect(names).toEqual([NAMES, NAMES])
  })

  it('say what the ticket holds', async () => {
    const [, { properties } = { properties: {} }] = await resolvedTicket()
    expect(properties).toMatchObject({
      Assignee_email: ALVA,
      Assignee_name: 'Alva Agent',
      Channel: 'email',
      Description: 'Please send it.',
      Group_name: 'Support',
      Priority: null,
      Subject: 'Invoice',
      Tags: ['vip'],
      Type: null,
      Zendesk_url: expect.stringMatching(/^https:\/\/nordlys\.zendesk\.com\/agent\/tickets\/\d+$/),
      Status: 'closed',
    })
  })

  it('have the types of Zendesk’s API, or by native_property_types flat ones', async () => {
    const [first] = await resolvedTicket()
    expect(first?.properties.Via).toMatchObject({ channel: 'email' })
    expect(first?.properties.Fields).toContainEqual({ id: expect.any(Number), value: 'A-17' })

    native.doubt('native_property_types', 'flat')
    await native.mails({ customFields: { 'Order number': 'B-18' } })
    expect((await opened()).at(-1)?.properties).toMatchObject({
      Via: 'email',
      Fields: { 'Order number': 'B-18' },
      Ticket_id: expect.stringMatching(/^\d+$/),
    })
  })
})

describe('whose tickets become events', () => {
  it('are all brands’ or the chosen ones’ (N3, N19, N20)', async () => {
    await native.mails({ brand: 'Skog' })
    await native.install({ brands: ['Fjell', 'Nordlys'] })
    for (const brand of ['Skog', 'Fjell', 'Nordlys']) await native.mails({ brand, subject: brand })
    const subjects = (await opened()).map(({ properties }) => properties.Subject)
    expect(subjects).toEqual(['Invoice', 'Fjell', 'Nordlys'])
  })

  it('may be a brand for each Klaviyo account (N4)', async () => {
    await native.install({ brands: ['Nordlys'] })
    await native.install({ account: 'FJELLS', metrics: true, brands: ['Fjell'] })
    for (const brand of ['Nordlys', 'Fjell']) await native.mails({ brand })
    expect((await opened()).map(({ account }) => account)).toEqual(['NRDLYS', 'FJELLS'])
  })

  it.each([
    ['makes_profile', 1],
    ['no_event', 0],
  ])('with native_unknown_requester %s, a stranger’s: %i', async (value, count) => {
    native.doubt('native_unknown_requester', value)
    await native.mails({ requesterEmail: 'stranger@example.com' })
    expect(await opened()).toHaveLength(count)
  })
})

describe('the source of both', () => {
  it('is the integration Zendesk: another metric than the API’s of the same name (N47)', async () => {
    await native.mails()
    const metric = (name: string) => ({ data: { type: 'metric', attributes: { name } } })
    const profile = { data: { type: 'profile', attributes: { email: 'kari@example.com' } } }
    const attributes = { metric: metric('Opened Ticket'), profile, properties: {} }
    await klaviyo('POST', '/api/events', { data: { type: 'event', attributes } })
    const { data } = await klaviyo('GET', '/api/metrics')
    const found = data.filter(({ attributes }) => attributes.name === 'Opened Ticket')
    expect(found.map(({ attributes }) => attributes.integration.name).sort()).toEqual([
      'API',
      'Zendesk',
    ])
    expect(new Set(found.map(({ id }) => id)).size).toBe(2)
  })

  it('has a webhook topic of its own', async () => {
    await native.mails()
    const { data } = await klaviyo('GET', '/api/webhook-topics')
    expect(data.map(({ id }) => id)).toContain('event:zendesk.opened_ticket')
  })

  type Listed = {
    data: { id: string; attributes: { name: string; integration: { name: string } } }[]
  }

  async function klaviyo(method: string, path: string, body?: object): Promise<Listed> {
    const answer = await native.klaviyo.app.request(path, {
      method,
      headers: {
        authorization: 'Klaviyo-API-Key pk_sandbox',
        revision: '2026-07-15',
        'content-type': 'application/vnd.api+json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    expect(answer.ok).toBe(true)
    const text = await answer.text()
    return text === '' ? { data: [] } : JSON.parse(text)
  }
})
