import { EventEnum, type MetricAggregateQuery, MetricEnum, ProfileEnum } from 'klaviyo-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type ContractSandbox,
  createSdk,
  refusalOf,
  type Sdk,
  startContractSandbox,
} from './contract-sandbox.ts'
import { holdAnswersToSpec } from './held-to-spec.ts'

let contract: ContractSandbox
let sdk: Sdk
let metricId: string
beforeAll(async () => {
  contract = await startContractSandbox()
  sdk = createSdk(contract.url)
  await opened('a', 10, { To: '1' }, 5)
  await opened('b', 10, { To: '1' }, 7)
  await opened('c', 12, { To: '2' }, 1)
  await opened('late', 20, {}, 100)
  const { body } = await sdk.metrics.getMetrics()
  metricId = body.data.find(({ attributes }) => attributes.name === 'Opened')?.id ?? ''
})
afterAll(async () => {
  await contract.close()
  holdAnswersToSpec('aggregates', contract.exchanges)
})

function opened(uniqueId: string, hour: number, numbers: { To?: string }, value: number) {
  const profile = { data: { type: ProfileEnum.Profile, attributes: { email: 'k@example.com' } } }
  const metric = { data: { type: MetricEnum.Metric, attributes: { name: 'Opened' } } }
  const properties = numbers.To === undefined ? {} : { 'To Number': numbers.To }
  const time = new Date(Date.UTC(2026, 6, 15, hour, 30))
  const attributes = { profile, metric, properties, uniqueId, time, value }
  return sdk.events.createEvent({ data: { type: EventEnum.Event, attributes } })
}

const RANGE = [
  'greater-or-equal(datetime,2026-07-15T10:00:00)',
  'less-than(datetime,2026-07-15T13:00:00)',
]

async function query(more: object) {
  const attributes = { metricId, measurements: ['count'], filter: RANGE, interval: 'hour', ...more }
  const { body } = await sdk.metrics.queryMetricAggregates({
    data: { type: 'metric-aggregate', attributes },
  } as unknown as MetricAggregateQuery)
  return body.data.attributes
}

describe('the aggregates of a metric', () => {
  it('are counted, summed and told apart by person, for each interval of a range', async () => {
    const { dates, data } = await query({ measurements: ['count', 'sum_value', 'unique'] })
    expect(dates.map((date) => date.getUTCHours())).toEqual([10, 11, 12])
    expect(data).toMatchObject([
      {
        dimensions: [],
        measurements: { count: [2, 0, 1], sum_value: [12, 0, 1], unique: [1, 0, 1] },
      },
    ])
  })

  it('are grouped by a property: so the numbers of an account are found', async () => {
    const { data } = await query({ by: ['To Number'], interval: 'day' })
    expect(data.map(({ dimensions, measurements }) => [dimensions, measurements])).toEqual([
      [['1'], { count: [2] }],
      [['2'], { count: [1] }],
    ])
  })

  it.each<[string, object, number]>([
    ['without a range', { filter: ['greater-or-equal(datetime,2026-07-15)'] }, 400],
    [
      'over more than a year',
      { filter: ['greater-or-equal(datetime,2024-01-01)', 'less-than(datetime,2026-01-01)'] },
      400,
    ],
    ['of an unknown measure', { measurements: ['mean'] }, 400],
    ['of a metric that is not there', { metricId: 'NONE' }, 404],
    ['in another timezone', { timezone: 'Europe/Oslo' }, 501],
  ])('are refused %s', async (_what, more, status) => {
    expect(await refusalOf(query(more))).toMatchObject({ status })
  })
})
