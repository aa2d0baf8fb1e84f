import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestKlaviyo, type TestKlaviyo } from '../test-support.ts'

let test: TestKlaviyo

beforeEach(() => {
  test = createTestKlaviyo()
})
afterEach(() => test.close())

type Overrides = Readonly<Record<string, unknown>>

const metric = (name: string) => ({ data: { type: 'metric', attributes: { name } } })
const person = (attributes: Overrides) => ({ data: { type: 'profile', attributes } })

const event = (overrides: Overrides = {}) => ({
  data: {
    type: 'event',
    attributes: {
      metric: metric('Opened Ticket'),
      profile: person({ email: 'kim@example.com' }),
      properties: { Ticket_id: '1' },
      unique_id: 'ticket:1:opened',
      ...overrides,
    },
  },
})

const bulk = (events: readonly Overrides[], email = 'kim@example.com') => ({
  data: {
    type: 'event-bulk-create-job',
    attributes: {
      'events-bulk-create': {
        data: [
          {
            type: 'event-bulk-create',
            attributes: {
              profile: person({ email }),
              events: { data: events.map((attributes) => ({ type: 'event', attributes })) },
            },
          },
        ],
      },
    },
  },
})

const bulkEvent = (unique_id: string) => ({
  metric: metric('Opened Ticket'),
  properties: {},
  unique_id,
})

async function opened(): Promise<{ properties: Overrides; time: string; unique_id: string }[]> {
  return test.control('GET', '/control/events?metric=Opened%20Ticket')
}

async function read(query: string) {
  return test.api('GET', `/api/events?${query}`)
}

describe('an event', () => {
  it('is taken with an empty 202, and makes its metric and its profile', async () => {
    const { status, text } = await test.api('POST', '/api/events', {
      body: event({ value: 2, value_currency: 'USD' }),
    })
    expect([status, text]).toEqual([202, ''])
    expect(await opened()).toMatchObject([
      {
        account: 'NRDLYS',
        profile: { email: 'kim@example.com', phone_number: null },
        properties: { Ticket_id: '1', $event_id: 'ticket:1:opened', $value: 2 },
        unique_id: 'ticket:1:opened',
        value: 2,
      },
    ])
    const metrics = await test.api('GET', '/api/metrics?filter=equals(integration.name,"API")')
    expect(metrics.body.data).toMatchObject([{ attributes: { name: 'Opened Ticket' } }])
  })

  it('is kept once per profile, metric and unique_id, and the first one wins', async () => {
    await test.api('POST', '/api/events', { body: event() })
    const repeated = event({ properties: { Ticket_id: 'other' } })
    expect((await test.api('POST', '/api/events', { body: repeated })).status).toBe(202)
    expect((await opened()).map(({ properties }) => properties.Ticket_id)).toEqual(['1'])

    await test.api('POST', '/api/events', { body: event({ metric: metric('Resolved Ticket') }) })
    await test.api('POST', '/api/events', { body: event({ profile: person({ email: 'b@b.se' }) }) })
    expect(await opened()).toHaveLength(2)
  })

  it('without a unique_id is kept once per second', async () => {
    const at = (time: string) => event({ unique_id: undefined, time })
    for (const time of [
      '2026-07-15T10:00:00.100Z',
      '2026-07-15T10:00:00.900Z',
      '2026-07-15T10:00:01Z',
    ]) {
      await test.api('POST', '/api/events', { body: at(time) })
    }
    const events = await opened()
    expect(events.map(({ time }) => time)).toEqual([
      '2026-07-15T10:00:00.000Z',
      '2026-07-15T10:00:01.000Z',
    ])
    expect(events[0]?.unique_id).toBe('1784109600')
  })

  it.each([
    ['no identifier', { profile: person({ first_name: 'Kim' }) }, 'profile/data'],
    [
      'a number that is none',
      { profile: person({ phone_number: '0701' }) },
      'profile/data/attributes/phone_number',
    ],
    [
      'a metric name of 128 characters',
      { metric: metric('x'.repeat(128)) },
      'metric/data/attributes/name',
    ],
    ['a time before 1990', { time: '1989-12-31T00:00:00Z' }, 'time'],
    ['a time in two years', { time: '2099-01-01T00:00:00Z' }, 'time'],
    ['an empty unique_id', { unique_id: '' }, 'unique_id'],
    ['no properties', { properties: undefined }, 'properties'],
    ['a string above 100 KB', { properties: { a: ['x'.repeat(102_401)] } }, 'properties'],
  ])('with %s is refused', async (_, overrides, pointer) => {
    const { status, body } = await test.api('POST', '/api/events', { body: event(overrides) })
    expect(status).toBe(400)
    expect(body.errors?.[0]?.source).toEqual({ pointer: `/data/attributes/${pointer}` })
  })

  it('becomes visible later while event_lag_ms is set', async () => {
    test.world.settings.set('event_lag_ms', 60_000)
    await test.api('POST', '/api/events', { body: event() })
    expect(await opened()).toEqual([])
    test.world.clock.advance(60_000)
    await expect.poll(opened).toHaveLength(1)
  })
})

describe('events in bulk', () => {
  it('are taken together', async () => {
    const body = bulk([bulkEvent('a'), bulkEvent('b')])
    expect((await test.api('POST', '/api/event-bulk-create-jobs', { body })).status).toBe(202)
    expect(await opened()).toHaveLength(2)
  })

  it('all fail when a unique_id is repeated among them', async () => {
    const body = bulk([bulkEvent('a'), bulkEvent('b'), bulkEvent('a')])
    expect((await test.api('POST', '/api/event-bulk-create-jobs', { body })).status).toBe(400)
    expect(await opened()).toEqual([])
  })

  it.each([
    [1000, 202],
    [1001, 400],
  ])('up to 1,000: %i get %i', async (count, status) => {
    const body = bulk(Array.from({ length: count }, (_, index) => bulkEvent(`e${index}`)))
    expect((await test.api('POST', '/api/event-bulk-create-jobs', { body })).status).toBe(status)
  })
})

describe('events are read', () => {
  const times = ['2026-07-15T10:00:00Z', '2026-07-15T11:00:00Z', '2026-07-15T12:00:00Z']

  beforeEach(async () => {
    for (const time of times) {
      await test.api('POST', '/api/events', { body: event({ time, unique_id: time }) })
    }
    const resolved = event({ metric: metric('Resolved Ticket'), time: times[2] })
    await test.api('POST', '/api/events', { body: resolved })
  })

  async function metricIds(): Promise<string[]> {
    const { body } = await test.api('GET', '/api/metrics?filter=equals(integration.name,"API")')
    return (body.data as { id: string }[]).map(({ id }) => id)
  }

  it.each([
    ['equals(metric_id,"OPENED")', 3],
    ['equals(metric_id,["OPENED","RESOLVED"])', 4],
    ['and(equals(metric_id,"OPENED"),greater-or-equal(datetime,2026-07-15T11:00:00Z))', 2],
    ['equals(metric_id,"OPENED"),greater-than(datetime,2026-07-15T11:00:00Z)', 1],
    ['less-than(timestamp,1784113200)', 1],
    ['less-or-equal(timestamp,1784113200)', 2],
    ['equals(metric_id,"NONE")', 0],
  ])('by %s', async (filter, count) => {
    const [openedId = '', resolvedId = ''] = await metricIds()
    const text = filter.replace('OPENED', openedId).replace('RESOLVED', resolvedId)
    const { body } = await read(`filter=${encodeURIComponent(text)}`)
    expect(body.data).toHaveLength(count)
  })

  it('with metric and profile beside them, each once and with the wanted fields alone', async () => {
    const query = 'include=metric,profile&fields[profile]=email&fields[metric]=name&sort=datetime'
    const { body } = await read(query)
    expect(body.included).toMatchObject([
      { type: 'metric', attributes: { name: 'Opened Ticket' } },
      { type: 'metric', attributes: { name: 'Resolved Ticket' } },
      { type: 'profile', attributes: { email: 'kim@example.com' } },
    ])
    expect((body.data as unknown[])[0]).toMatchObject({
      type: 'event',
      attributes: { timestamp: 1784109600, datetime: '2026-07-15T10:00:00+00:00' },
      relationships: {
        profile: { data: { type: 'profile' } },
        metric: { data: { type: 'metric' } },
      },
    })
  })

  it('along the cursor without loss when more arrive in between', async () => {
    const first = await read('sort=datetime&page[size]=2&fields[event]=datetime')
    const early = event({ time: '2026-07-15T09:00:00Z', unique_id: 'early' })
    await test.api('POST', '/api/events', { body: early })
    const second = await test.api('GET', first.body.links?.next ?? '')
    const datetimes = (second.body.data as { attributes: { datetime: string } }[]).map(
      ({ attributes }) => attributes.datetime,
    )
    expect(datetimes).toEqual(['2026-07-15T12:00:00+00:00', '2026-07-15T12:00:00+00:00'])
    expect(second.body.links?.next).toBeNull()
  })

  it.each([
    ['page[size]=1001', 400],
    ['page[size]=1000', 200],
    ['filter=equals(unique_id,"a")', 400],
    ['filter=greater-than(datetime,soon)', 400],
    ['sort=value', 400],
    ['include=attributions', 501],
  ])('with %s: %i', async (query, status) => {
    expect((await read(query)).status).toBe(status)
  })

  it('one by one', async () => {
    const { body } = await read('page[size]=1')
    const [{ id }] = body.data as [{ id: string }]
    expect((await test.api('GET', `/api/events/${id}`)).body.data).toMatchObject({ id })
    expect((await test.api('GET', '/api/events/none')).status).toBe(404)
  })
})
