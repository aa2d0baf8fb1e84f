import {
  EventEnum,
  MetricEnum,
  ProfileEnum,
  type SegmentCreateQuery,
  SegmentEnum,
} from 'klaviyo-api'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type ContractSandbox,
  createSdk,
  refusalOf,
  type Sdk,
  startContractSandbox,
} from './contract-sandbox.ts'
import { holdAnswersToSpec } from './held-to-spec.ts'

const SARAH = '+14155550111'

let contract: ContractSandbox
let sdk: Sdk
beforeAll(async () => {
  contract = await startContractSandbox()
  sdk = createSdk(contract.url)
})
beforeEach(() => contract.control('POST', '/reset').then(() => contract.unlimited()))
afterAll(async () => {
  await contract.close()
  holdAnswersToSpec('segments', contract.exchanges)
})

/** Groups of conditions, as the SDK spells them; its types name every kind there is. */
function draft(...groups: readonly (readonly object[])[]): SegmentCreateQuery {
  const definition = { conditionGroups: groups.map((conditions) => ({ conditions })) }
  const attributes = { name: 'Open tickets', definition }
  return { data: { type: SegmentEnum.Segment, attributes } } as unknown as SegmentCreateQuery
}

const openTickets = {
  type: 'profile-property',
  property: "properties['zendesk_open_tickets']",
  filter: { type: 'numeric', operator: 'greater-than', value: 0 },
}
const subscribed = {
  type: 'profile-marketing-consent',
  consent: {
    channel: 'sms',
    canReceiveMarketing: true,
    consentStatus: { subscription: 'subscribed' },
  },
}
const named = (operator: string, value: string) => ({
  type: 'profile-property',
  property: 'first_name',
  filter: { type: 'string', operator, value },
})

async function opened(phoneNumber: string, uniqueId: string) {
  const profile = { data: { type: ProfileEnum.Profile, attributes: { phoneNumber } } }
  const metric = { data: { type: MetricEnum.Metric, attributes: { name: 'Opened Ticket' } } }
  const attributes = { profile, metric, properties: { Channel: 'sms' }, uniqueId }
  await sdk.events.createEvent({ data: { type: EventEnum.Event, attributes } })
}

async function openedInLast(quantity: number, count: number) {
  const { body } = await sdk.metrics.getMetrics()
  return {
    type: 'profile-metric',
    metricId: body.data.find(({ attributes }) => attributes.name === 'Opened Ticket')?.id,
    measurement: 'count',
    measurementFilter: { type: 'numeric', operator: 'greater-than-or-equal', value: count },
    timeframeFilter: { type: 'date', operator: 'in-the-last', unit: 'day', quantity },
  }
}

async function create(...groups: readonly (readonly object[])[]): Promise<string> {
  return (await sdk.segments.createSegment(draft(...groups))).body.data.id
}

async function numbersIn(id: string): Promise<unknown[]> {
  const { body } = await sdk.segments.getProfilesForSegment(id)
  return body.data.map(({ attributes }) => attributes.phoneNumber)
}

describe('a segment', () => {
  it('holds whoever meets it now, and lets go of who does not', async () => {
    const id = await create([openTickets])
    expect(await numbersIn(id)).toEqual([])
    const path = `/profiles/${encodeURIComponent(SARAH)}`
    await contract.control('PUT', path, { properties: { zendesk_open_tickets: 1 } })
    expect(await numbersIn(id)).toEqual([SARAH])
    await contract.control('PUT', path, { properties: { zendesk_open_tickets: 0 } })
    expect(await numbersIn(id)).toEqual([])
  })

  it('wants every group, and of a group any one condition', async () => {
    const id = await create([named('equals', 'sarah'), named('starts-with', 'MA')], [subscribed])
    expect(await numbersIn(id)).toEqual([SARAH, '+46705550115'])
    await contract.control('PUT', '/profiles/%2B46705550115', { smsConsent: 'UNSUBSCRIBED' })
    expect(await numbersIn(id)).toEqual([SARAH])
  })

  it('counts events within a time', async () => {
    await opened(SARAH, '1')
    await opened(SARAH, '2')
    await opened('+14155550112', '3')
    const id = await create([await openedInLast(14, 2)])
    expect(await numbersIn(id)).toEqual([SARAH])
    await contract.control('POST', '/clock', { advanceMs: 15 * 86_400_000 })
    expect(await numbersIn(id)).toEqual([])
  })

  it('says since when somebody is in it, counts, and is found from the profile', async () => {
    const id = await create([subscribed])
    const { body } = await sdk.segments.getProfilesForSegment(id, { pageSize: 2 })
    expect(body.data[0]?.attributes.joinedGroupAt).toBeInstanceOf(Date)
    expect(body.links?.next).toContain('page%5Bcursor%5D')
    const counted = await sdk.segments.getSegment(id, {
      additionalFieldsSegment: ['profile_count'],
    })
    expect(counted.body.data.attributes.profileCount).toBe(4)
    const ids = (await sdk.segments.getProfileIdsForSegment(id)).body.data
    expect(ids).toHaveLength(4)
    const member = String(ids[0]?.id)
    const found = await sdk.profiles.getSegmentsForProfile(member)
    expect(found.body.data.map((segment) => segment.id)).toEqual([id])
    const alone = await sdk.profiles.getSegmentIdsForProfile(member)
    expect(alone.body.data.map((segment) => segment.id)).toEqual([id])
  })

  it('is listed by its name, changed and deleted', async () => {
    const id = await create([openTickets])
    const listed = await sdk.segments.getSegments({ filter: 'equals(name,"Open tickets")' })
    expect(listed.body.data.map((segment) => segment.id)).toEqual([id])
    const attributes = { name: 'Renamed', isStarred: true }
    const query = { data: { type: SegmentEnum.Segment, id, attributes } }
    const changed = await sdk.segments.updateSegment(id, query)
    expect(changed.body.data.attributes).toMatchObject({ name: 'Renamed', isStarred: true })
    expect((await sdk.segments.deleteSegment(id)).response.status).toBe(204)
    expect(await refusalOf(sdk.segments.getSegment(id))).toMatchObject({ status: 404 })
  })

  it('has no tags and starts no flow, for neither can be made', async () => {
    const id = await create([named('equals', 'Sarah')])
    for (const { body } of [
      await sdk.segments.getTagsForSegment(id),
      await sdk.segments.getTagIdsForSegment(id),
      await sdk.segments.getFlowsTriggeredBySegment(id),
      await sdk.segments.getIdsForFlowsTriggeredBySegment(id),
    ]) {
      expect(body.data).toEqual([])
    }
  })

  it('keeps its members out of a campaign', async () => {
    await create([named('equals', 'Sarah')])
    const campaign = { name: 'Sale', body: 'Sale!', excludeSegment: 'Open tickets' }
    expect(await contract.control('POST', '/campaigns', campaign)).toEqual({ sent: 3 })
    await expect(
      contract.control('POST', '/campaigns', { ...campaign, excludeSegment: 'None' }),
    ).rejects.toThrow('no segment is called None')
  })

  it('of conditions that are not built says so, and of wrong ones refuses', async () => {
    const region = { type: 'profile-region', regionId: 'US' }
    expect(await refusalOf(sdk.segments.createSegment(draft([region])))).toMatchObject({
      status: 501,
      code: 'not_emulated',
    })
    const wrong = { type: 'profile-weather' }
    expect(await refusalOf(sdk.segments.createSegment(draft([wrong])))).toMatchObject({
      status: 400,
    })
  })

  it('may be made a hundred times a day', async () => {
    contract.sandbox.world.limits.setEnabled(true)
    const statuses: number[] = []
    for (let count = 0; count < 101; count += 1) {
      const answer = await contract.call('POST', '/api/segments', { body: {} })
      statuses.push(answer.status)
      contract.sandbox.world.clock.advance(60_000)
    }
    expect(statuses.slice(-2)).toEqual([400, 429])
  })
})
