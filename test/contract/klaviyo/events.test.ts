import {
  EventBulkCreateEnum,
  EventBulkCreateJobEnum,
  EventEnum,
  MetricEnum,
  ProfileEnum,
} from 'klaviyo-api'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type ContractSandbox,
  createSdk,
  nextCursor,
  refusalOf,
  type Sdk,
  startContractSandbox,
} from './contract-sandbox.ts'
import { holdAnswersToSpec } from './held-to-spec.ts'

const EMAIL = 'sarah.lind@example.com'

let contract: ContractSandbox
let sdk: Sdk
beforeAll(async () => {
  contract = await startContractSandbox()
  sdk = createSdk(contract.url)
})
beforeEach(() => contract.control('POST', '/reset').then(() => contract.unlimited()))
afterAll(async () => {
  await contract.close()
  holdAnswersToSpec('events and metrics', contract.exchanges)
})

const metric = (name = 'Opened Ticket') => ({
  data: { type: MetricEnum.Metric, attributes: { name } },
})
const person = (attributes: object = { email: EMAIL }) => ({
  data: { type: ProfileEnum.Profile, attributes },
})

function event(uniqueId: string, more: object = {}) {
  const attributes = { metric: metric(), profile: person(), properties: { Ticket_id: uniqueId } }
  return { data: { type: EventEnum.Event, attributes: { ...attributes, uniqueId, ...more } } }
}

function bulk(...uniqueIds: readonly string[]) {
  const events = uniqueIds.map((uniqueId) => ({
    type: EventEnum.Event,
    attributes: { metric: metric(), properties: {}, uniqueId },
  }))
  const one = {
    type: EventBulkCreateEnum.EventBulkCreate,
    attributes: { profile: person(), events: { data: events } },
  }
  return {
    data: {
      type: EventBulkCreateJobEnum.EventBulkCreateJob,
      attributes: { eventsBulkCreate: { data: [one] } },
    },
  }
}

async function metricId(name = 'Opened Ticket'): Promise<string> {
  const { body } = await sdk.metrics.getMetrics()
  return body.data.find(({ attributes }) => attributes.name === name)?.id ?? ''
}

async function recorded() {
  const filter = `equals(metric_id,"${await metricId()}")`
  return (await sdk.events.getEvents({ filter, sort: 'datetime' })).body.data
}

describe("Klaviyo's SDK, of an event", () => {
  it('records it once however often it is repeated', async () => {
    for (const _ of [1, 2]) {
      const { response } = await sdk.events.createEvent(event('zendesk:1:opened'))
      expect([response.status, response.data]).toEqual([202, ''])
    }
    const [only, ...others] = await recorded()
    expect(others).toEqual([])
    expect(only?.attributes.eventProperties).toEqual({
      Ticket_id: 'zendesk:1:opened',
      $event_id: 'zendesk:1:opened',
    })
  })

  it('keeps the time it gives, to the second', async () => {
    await sdk.events.createEvent(event('1', { time: new Date('2026-07-15T10:00:00.900Z') }))
    const [only] = await recorded()
    expect(only?.attributes.timestamp).toBe(Date.UTC(2026, 6, 15, 10) / 1000)
  })

  it('makes the profile and the metric that it names', async () => {
    const attributes = { email: 'new@example.com', phoneNumber: '+14155557777' }
    await sdk.events.createEvent(event('1', { metric: metric('New'), profile: person(attributes) }))
    const { body } = await sdk.profiles.getProfiles({ filter: 'equals(email,"new@example.com")' })
    expect(body.data[0]?.attributes.phoneNumber).toBe('+14155557777')
    const made = await sdk.metrics.getMetric(await metricId('New'))
    expect(made.body.data.attributes.integration).toMatchObject({ key: 'api' })
  })

  it('adds to a list of the profile that it names', async () => {
    const meta = { patchProperties: { append: { sizes: 'M' } } }
    await sdk.events.createEvent(event('1', { profile: person({ email: EMAIL, meta }) }))
    const { body } = await sdk.profiles.getProfiles({ filter: `equals(email,"${EMAIL}")` })
    expect(body.data[0]?.attributes.properties).toEqual({ sizes: ['M'] })
  })

  it.each<[string, object]>([
    [
      'another service',
      {
        metric: {
          data: {
            type: MetricEnum.Metric,
            attributes: { name: 'Placed Order', service: 'shopify' },
          },
        },
      },
    ],
    ['the cookie of a visitor', { profile: person({ email: EMAIL, kx: 'abc' }) }],
  ])('of %s is not emulated, and that is said', async (_what, more) => {
    const refused = await refusalOf(sdk.events.createEvent(event('1', more)))
    expect(refused).toMatchObject({ status: 501, code: 'not_emulated' })
  })

  it('is dropped in silence when it repeats one of a bulk, which itself may not repeat', async () => {
    const { response } = await sdk.events.bulkCreateEvents(bulk('a', 'b'))
    expect(response.status).toBe(202)
    await sdk.events.createEvent(event('a'))
    expect(await recorded()).toHaveLength(2)
    const refused = sdk.events.bulkCreateEvents(bulk('c', 'd', 'c'))
    expect(await refusalOf(refused)).toMatchObject({ status: 400, code: 'invalid' })
    expect(await recorded()).toHaveLength(2)
  })

  it('reads it with its profile and its metric', async () => {
    await sdk.events.createEvent(event('1'))
    const id = (await recorded())[0]?.id ?? ''
    const { body } = await sdk.events.getEvent(id, { include: ['profile', 'metric'] })
    expect(body.included?.map(({ type }) => type)).toEqual(['metric', 'profile'])
    expect((await sdk.events.getProfileForEvent(id)).body.data?.attributes.email).toBe(EMAIL)
    const named = await sdk.events.getMetricForEvent(id)
    expect(named.body.data?.attributes.name).toBe('Opened Ticket')
    const ids = [
      (await sdk.events.getProfileIdForEvent(id)).body.data?.id,
      (await sdk.events.getMetricIdForEvent(id)).body.data?.id,
    ]
    expect(ids).toEqual([body.data.relationships?.profile?.data?.id, named.body.data?.id])
  })

  it('reads all of several metrics since a time, page by page, oldest first', async () => {
    for (let minute = 10; minute < 15; minute += 1) {
      const time = new Date(`2026-07-15T10:${minute}:00Z`)
      const name = minute % 2 === 0 ? 'Even' : 'Odd'
      await sdk.events.createEvent(event(String(minute), { time, metric: metric(name) }))
    }
    const ids = [await metricId('Even'), await metricId('Odd')].map((id) => `"${id}"`).join(',')
    const since = 'greater-or-equal(datetime,2026-07-15T10:11:00Z)'
    const filter = `and(equals(metric_id,[${ids}]),${since})`
    const seen: unknown[] = []
    let pageCursor: string | null = null
    do {
      const page = pageCursor === null ? {} : { pageCursor }
      const { body } = await sdk.events.getEvents({
        filter,
        sort: 'datetime',
        pageSize: 3,
        ...page,
      })
      seen.push(...body.data.map(({ attributes }) => attributes.datetime?.getUTCMinutes()))
      pageCursor = nextCursor(body.links)
    } while (pageCursor !== null)
    expect(seen).toEqual([11, 12, 13, 14])
  })

  it('may be asked for only where its metric is still there', async () => {
    await sdk.events.createEvent(event('1'))
    expect((await sdk.events.getEvents({ filter: 'has(metric)' })).body.data).toHaveLength(1)
  })

  it.each<[string, () => Promise<unknown>, number]>([
    ['an id that nobody has', () => sdk.events.getEvent('none'), 404],
    [
      'a filter by a property',
      () => sdk.events.getEvents({ filter: 'equals(Ticket_id,"1")' }),
      400,
    ],
    ['nobody', () => sdk.events.createEvent(event('1', { profile: person({}) })), 400],
    [
      'a number that is none',
      () => sdk.events.createEvent(event('1', { profile: person({ phoneNumber: '5' }) })),
      400,
    ],
    [
      'a name of 128 characters',
      () => sdk.events.createEvent(event('1', { metric: metric('x'.repeat(128)) })),
      400,
    ],
    ['a time before 1990', () => sdk.events.createEvent(event('1', { time: new Date(0) })), 400],
    [
      'a time in two years',
      () => sdk.events.createEvent(event('1', { time: new Date('2099-01-01') })),
      400,
    ],
    ['a unique id of 256 characters', () => sdk.events.createEvent(event('x'.repeat(256))), 400],
    [
      '401 properties',
      () =>
        sdk.events.createEvent(
          event('1', {
            properties: Object.fromEntries(Array.from({ length: 401 }, (_, at) => [`p${at}`, at])),
          }),
        ),
      400,
    ],
  ])('is refused %s', async (_what, call, status) => {
    expect(await refusalOf(call())).toMatchObject({ status })
  })
})

describe("Klaviyo's SDK, of metrics", () => {
  it('finds the built-in ones by their integration, under the names of either generation', async () => {
    const names = async () => {
      const { body } = await sdk.metrics.getMetrics({
        filter: 'equals(integration.name,"Klaviyo")',
      })
      return body.data.map(({ attributes }) => attributes.name)
    }
    expect(await names()).toContain('Sent Text Message')
    await contract.control('PUT', '/settings', { metricNames: 'sms' })
    expect(await names()).toContain('Sent SMS')
  })

  it('learns the properties that its events carry, with samples', async () => {
    await sdk.events.createEvent(event('1'))
    const { body } = await sdk.metrics.getPropertiesForMetric(await metricId(), {
      additionalFieldsMetricProperty: ['sample_values'],
    })
    expect(
      body.data.map(({ attributes }) => [attributes.property, attributes.sampleValues]),
    ).toEqual([
      ['Ticket_id', ['1']],
      ['$event_id', ['1']],
    ])
  })
})
