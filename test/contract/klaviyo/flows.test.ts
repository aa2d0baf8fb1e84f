// Long because it is one table after another of the same calls: a world that is set up once.

import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { EventEnum, type FlowCreateQuery, FlowEnum, MetricEnum, ProfileEnum } from 'klaviyo-api'
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
const TEXTS = `/phones/${encodeURIComponent(SARAH)}/messages`

type Received = { readonly headers: IncomingHttpHeaders; readonly body: string }

let contract: ContractSandbox
let sdk: Sdk
const received: Received[] = []
let answers: number[] = []
const endpoint = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => {
    body += chunk
  })
  request.on('end', () => {
    received.push({ headers: request.headers, body })
    response.writeHead(answers.shift() ?? 200).end()
  })
})
beforeAll(async () => {
  contract = await startContractSandbox()
  sdk = createSdk(contract.url)
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve))
})
beforeEach(async () => {
  await contract.control('POST', '/reset')
  contract.unlimited()
  received.length = 0
  answers = []
})
afterAll(async () => {
  await contract.close()
  endpoint.close()
  holdAnswersToSpec('flows', contract.exchanges)
})

async function metricId(name: string): Promise<string> {
  const { body } = await sdk.metrics.getMetrics()
  return body.data.find(({ attributes }) => attributes.name === name)?.id ?? ''
}

const webhook = (more: object = {}) => ({
  temporaryId: 'a1',
  type: 'send-webhook',
  data: {
    status: 'live',
    message: {
      name: 'bridge',
      url: `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/hook`,
      headers: { 'X-Bridge-Token': 'secret', 'X-From': '{{ person.phone_number }}' },
      body: '{"words":"{{ event|lookup:\'Message Body\' }}","who":"{{ email }}"}',
    },
  },
  ...more,
})

const sms = (body: string, more: object = {}) => ({
  temporaryId: 'a1',
  type: 'send-sms',
  data: { status: 'live', message: { body, addOrgPrefix: false, ...more } },
})

type Definition = {
  readonly metric: string
  readonly actions: readonly object[]
  readonly more?: object
  readonly triggerFilter?: object
}

/** The SDK's types name every kind of trigger and action; here only the words go through. */
async function flowQuery({ metric, actions, more, triggerFilter }: Definition) {
  const trigger = { type: 'metric', id: await metricId(metric), triggerFilter }
  const definition = { triggers: [trigger], actions, entryActionId: 'a1', ...more }
  const data = { type: FlowEnum.Flow, attributes: { name: 'Bridge', definition } }
  return { data } as unknown as FlowCreateQuery
}

async function startFlow(definition: Definition): Promise<string> {
  const { body } = await sdk.flows.createFlow(await flowQuery(definition))
  const { id } = body.data
  await sdk.flows.updateFlow(id, {
    data: { type: FlowEnum.Flow, id, attributes: { status: 'live' } },
  })
  return id
}

const again = { reentryCriteria: { duration: 0, unit: 'day' } }
const texts = (body: string) => contract.control('POST', TEXTS, { to: '+18005550100', body })
const bodies = () => received.map(({ body }) => body)

async function shown(): Promise<string[]> {
  const screen = await contract.control<{ direction: string; body: string }[]>('GET', TEXTS)
  return screen.filter(({ direction }) => direction === 'received').map(({ body }) => body)
}

function reply(uniqueId: string, body: string, more: object = {}) {
  const profile = { data: { type: ProfileEnum.Profile, attributes: { phoneNumber: SARAH } } }
  const metric = { data: { type: MetricEnum.Metric, attributes: { name: 'Agent Reply' } } }
  const attributes = { profile, metric, properties: { body }, uniqueId, ...more }
  return sdk.events.createEvent({ data: { type: EventEnum.Event, attributes } })
}

describe('a flow made by the API', () => {
  it('is a draft with real ids, and does nothing until it is live', async () => {
    const query = await flowQuery({ metric: 'Sent Text Message', actions: [webhook()] })
    const { response, body } = await sdk.flows.createFlow(query)
    expect(response.status).toBe(201)
    expect(body.data.attributes).toMatchObject({ status: 'draft', triggerType: 'Metric' })
    const { definition } = response.data.data.attributes
    expect(definition.actions[0]).not.toHaveProperty('temporary_id')
    expect(definition.entry_action_id).toBe(definition.actions[0].id)
    await texts('Too early')
    contract.sandbox.world.clock.advance(10_000)
    await startFlow({ metric: 'Sent Text Message', actions: [webhook()] })
    await texts('In time')
    await expect.poll(bodies).toHaveLength(1)
    expect(bodies()[0]).toContain('In time')
  })

  it('knocks at its webhook when somebody texts: filled in, unsigned, with the id of the flow', async () => {
    const id = await startFlow({ metric: 'Sent Text Message', actions: [webhook()] })
    await texts('Where is my parcel?')
    await expect
      .poll(bodies)
      .toEqual(['{"words":"Where is my parcel?","who":"sarah.lind@example.com"}'])
    const [{ headers } = { headers: {} }] = received
    expect(headers).toMatchObject({
      'x-bridge-token': 'secret',
      'x-from': SARAH,
      'x-klaviyo-flow-id': id,
    })
    expect(headers).not.toHaveProperty('klaviyo-signature')
  })

  it('does not escape what it fills in, unless the doubt says so', async () => {
    await startFlow({ metric: 'Sent Text Message', actions: [webhook()], more: again })
    await texts('Say "hi"')
    await expect.poll(bodies).toHaveLength(1)
    await contract.control('PUT', '/settings', { flow_template_escaping: 'html' })
    await texts('Say "hi"')
    await expect.poll(bodies).toHaveLength(2)
    expect(bodies().map((body) => /"words":(.*),"who"/.exec(body)?.[1])).toEqual([
      '"Say "hi""',
      '"Say &quot;hi&quot;"',
    ])
  })

  it.each([429, 500, 502, 503])('is asked again after %s', async (status) => {
    answers = [status]
    await startFlow({ metric: 'Sent Text Message', actions: [webhook()] })
    await texts('Hello')
    await expect.poll(bodies).toHaveLength(1)
    await expect
      .poll(() => {
        contract.sandbox.world.clock.advance(20_000)
        return bodies().length
      })
      .toBe(2)
  })

  it('gives up after seventeen further tries within a day, and at once after a 404', async () => {
    answers = Array.from({ length: 40 }, () => 503)
    const startedAt = contract.sandbox.world.clock.now()
    await startFlow({ metric: 'Sent Text Message', actions: [webhook()] })
    await texts('Hello')
    for (let tries = 1; tries <= 18; tries += 1) {
      await expect
        .poll(() => {
          if (received.length < tries) contract.sandbox.world.clock.advance(1_000_000)
          return received.length
        })
        .toBeGreaterThanOrEqual(tries)
    }
    await contract.sandbox.world.webhooks.klaviyo.idle()
    expect(received).toHaveLength(18)
    expect(contract.sandbox.world.clock.now() - startedAt).toBeGreaterThan(20 * 3_600_000)
    answers = [404]
    await contract.control('PUT', '/settings', { flow_default_reentry: 'every_event' })
    await texts('Again')
    await expect.poll(bodies).toHaveLength(19)
    await contract.sandbox.world.webhooks.klaviyo.idle()
    expect(received).toHaveLength(19)
  })

  it('texts what an event says, from the number of campaigns, marked as a flow', async () => {
    await reply('first', 'makes the metric')
    await startFlow({ metric: 'Agent Reply', actions: [sms('{{ event.body }}')], more: again })
    await reply('1', 'It left today.')
    await reply('2', 'You will have it by noon.')
    await expect.poll(shown).toEqual(['It left today.', 'You will have it by noon.'])
    const events = () =>
      contract.control<{ properties: object }[]>('GET', '/events?metric=Received Text Message')
    expect((await events())[0]?.properties).toMatchObject({ $flow: expect.any(String) })
  })

  it('puts the name of the shop in front, as flows do by default', async () => {
    await reply('first', 'makes the metric')
    const actions = [sms('{{ event.body }}', { addOrgPrefix: true })]
    await startFlow({ metric: 'Agent Reply', actions })
    await reply('1', 'Hello')
    await expect.poll(shown).toEqual(['Nordlys Outdoor: Hello'])
  })

  it('starts once for a profile when nothing is said of coming again', async () => {
    await reply('first', 'makes the metric')
    await startFlow({ metric: 'Agent Reply', actions: [sms('{{ event.body }}')] })
    await reply('1', 'One')
    await reply('2', 'Two')
    await expect.poll(shown).toEqual(['One'])
    await contract.control('PUT', '/settings', { flow_default_reentry: 'every_event' })
    await reply('3', 'Three')
    await expect.poll(shown).toEqual(['One', 'Three'])
  })

  it('is not started by what is filled in afterwards', async () => {
    await reply('first', 'makes the metric')
    await startFlow({ metric: 'Agent Reply', actions: [sms('{{ event.body }}')], more: again })
    await reply('1', 'Old', { backfill: true })
    await reply('2', 'New')
    await expect.poll(shown).toEqual(['New'])
  })

  it('lets only the events through that its filter wants', async () => {
    await reply('first', 'makes the metric')
    const condition = {
      type: 'metric-property',
      metricId: await metricId('Agent Reply'),
      field: 'body',
      filter: { type: 'string', operator: 'contains', value: 'parcel' },
    }
    const triggerFilter = { conditionGroups: [{ conditions: [condition] }] }
    const actions = [sms('{{ event.body }}')]
    await startFlow({ metric: 'Agent Reply', actions, triggerFilter, more: again })
    await reply('1', 'Nothing')
    await reply('2', 'Your parcel')
    await expect.poll(shown).toEqual(['Your parcel'])
  })

  it('waits where it says, and stops for good when it is turned off', async () => {
    await reply('first', 'makes the metric')
    const delay = {
      temporaryId: 'a1',
      type: 'time-delay',
      data: { unit: 'hours', value: 1 },
      links: { next: 'a2' },
    }
    const actions = [delay, { ...sms('{{ event.body }}'), temporaryId: 'a2' }]
    const id = await startFlow({ metric: 'Agent Reply', actions, more: again })
    await reply('1', 'After an hour')
    await contract.control('POST', '/clock', { advanceMs: 3_500_000 })
    expect(await shown()).toEqual([])
    await contract.control('POST', '/clock', { advanceMs: 200_000 })
    await expect.poll(shown).toEqual(['After an hour'])
    await reply('2', 'Never')
    const off = { type: FlowEnum.Flow, id, attributes: { status: 'draft' } }
    await sdk.flows.updateFlow(id, { data: off })
    await contract.control('POST', '/clock', { advanceMs: 7_200_000 })
    await reply('3', 'Neither')
    await contract.control('POST', '/clock', { advanceMs: 7_200_000 })
    expect(await shown()).toEqual(['After an hour'])
  })

  it('is found by its metric, listed, read with its actions, and deleted', async () => {
    const id = await startFlow({ metric: 'Sent Text Message', actions: [webhook()] })
    const metric = await metricId('Sent Text Message')
    const found = await sdk.metrics.getFlowsTriggeredByMetric(metric)
    expect(found.body.data.map((flow) => [flow.id, flow.attributes.status])).toEqual([[id, 'live']])
    const beside = await sdk.metrics.getMetric(metric, { include: ['flow-triggers'] })
    expect(beside.body.included?.map((flow) => flow.id)).toEqual([id])
    const all = await sdk.metrics.getMetrics({ include: ['flow-triggers'] })
    expect(all.body.included?.map((flow) => flow.id)).toEqual([id])
    const ids = await sdk.metrics.getIdsForFlowsTriggeredByMetric(metric)
    expect(ids.body.data.map((flow) => flow.id)).toEqual([id])
    const listed = await sdk.flows.getFlows({ filter: 'equals(status,"live")', sort: '-created' })
    expect(listed.body.data.map((flow) => flow.id)).toEqual([id])
    const { response } = await sdk.flows.getFlow(id, { additionalFieldsFlow: ['definition'] })
    const [action] = response.data.data.attributes.definition.actions
    expect((await sdk.flows.getActionIdsForFlow(id)).body.data.map((each) => each.id)).toEqual([
      action.id,
    ])
    expect((await sdk.flows.getActionsForFlow(id)).response.data.data[0].id).toBe(action.id)
    const one = await sdk.flows.getFlowAction(action.id)
    expect(one.response.data.data.attributes.definition).toMatchObject({ type: 'send-webhook' })
    expect((await sdk.flows.deleteFlow(id)).response.status).toBe(204)
    expect(await refusalOf(sdk.flows.getFlow(id))).toMatchObject({ status: 404 })
  })

  it.each<[string, string, () => readonly object[], number]>([
    ['a metric of delivered texts', 'Received Text Message', () => [webhook()], 400],
    ['a metric that is not there', 'Nothing', () => [webhook()], 400],
    ['a link into nowhere', 'Sent Text Message', () => [webhook({ links: { next: 'a9' } })], 400],
    [
      'a webhook without TLS',
      'Sent Text Message',
      () => [webhook({ data: { message: { url: 'http://example.com' } } })],
      400,
    ],
    [
      'an action that is not built',
      'Sent Text Message',
      () => [{ temporaryId: 'a1', type: 'send-email' }],
      501,
    ],
    [
      'a template that is not built',
      'Sent Text Message',
      () => [sms('{% if x %}{% endif %}')],
      501,
    ],
  ])('is refused with %s', async (_what, metric, actions, status) => {
    const refused = sdk.flows.createFlow(await flowQuery({ metric, actions: actions() }))
    expect(await refusalOf(refused)).toMatchObject({ status })
  })
})
