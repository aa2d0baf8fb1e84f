import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebhookEnum, WebhookTopicEnum } from 'klaviyo-api'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type ContractSandbox,
  createSdk,
  hasKlaviyoSpecs,
  loadKlaviyoContract,
  refusalOf,
  type Sdk,
  startContractSandbox,
} from './contract-sandbox.ts'
import { holdAnswersToSpec } from './held-to-spec.ts'

let contract: ContractSandbox
let sdk: Sdk
beforeAll(async () => {
  contract = await startContractSandbox()
  sdk = createSdk(contract.url)
})
beforeEach(() => contract.control('POST', '/reset').then(() => contract.unlimited()))
afterAll(async () => {
  await contract.close()
  holdAnswersToSpec('webhooks', contract.exchanges)
})

function draft(more: object = {}, topic = 'event:klaviyo.sent_sms') {
  const attributes = {
    name: 'replyline',
    endpointUrl: 'https://bridge.example.com/hooks/klaviyo/1234',
    secretKey: 'a-secret-of-enough-length',
    ...more,
  }
  const topics = { data: [{ type: WebhookTopicEnum.WebhookTopic, id: topic }] }
  return {
    data: { type: WebhookEnum.Webhook, attributes, relationships: { webhookTopics: topics } },
  }
}

describe("Klaviyo's SDK, of webhooks", () => {
  it('lists the topics of the account and looks one up', async () => {
    const { body } = await sdk.webhooks.getWebhookTopics()
    const ids = body.data.map(({ id }) => id)
    expect(ids).toContain('event:klaviyo.sent_sms')
    expect(ids).not.toContain('event:klaviyo.sent_text_message')
    const one = await sdk.webhooks.getWebhookTopic('event:klaviyo.sent_sms')
    expect(one.body.data.id).toBe('event:klaviyo.sent_sms')
  })

  it('makes one, whose secret and whole address it never sees again', async () => {
    const { response, body } = await sdk.webhooks.createWebhook(draft())
    expect(response.status).toBe(201)
    const { id } = body.data
    const read = await sdk.webhooks.getWebhook(id, { include: ['webhook-topics'] })
    expect(read.body.data.attributes).toMatchObject({ name: 'replyline', enabled: true })
    expect(read.body.included).toMatchObject([{ id: 'event:klaviyo.sent_sms' }])
    expect(JSON.stringify(read.response.data)).not.toContain('a-secret-of-enough-length')
    expect(read.body.data.attributes.endpointUrl).not.toContain('1234')
    const listed = await sdk.webhooks.getWebhooks()
    expect(listed.body.data.map((each) => each.id)).toEqual([id])
  })

  it('turns it off and deletes it', async () => {
    const { id } = (await sdk.webhooks.createWebhook(draft())).body.data
    const change = { type: WebhookEnum.Webhook, id, attributes: { enabled: false } }
    const { body } = await sdk.webhooks.updateWebhook(id, { data: change })
    expect(body.data.attributes.enabled).toBe(false)
    expect((await sdk.webhooks.deleteWebhook(id)).response.status).toBe(204)
    expect(await refusalOf(sdk.webhooks.getWebhook(id))).toMatchObject({ status: 404 })
  })

  it.each([
    ['a short secret', { secretKey: 'short' }, undefined],
    ['an address without TLS', { endpointUrl: 'http://bridge.example.com/' }, undefined],
    ['no address', { endpointUrl: 'here' }, undefined],
    ['a topic that is not there', {}, 'event:klaviyo.sent_pigeon'],
  ])('is refused %s', async (_what, more, topic) => {
    const refused = sdk.webhooks.createWebhook(draft(more, topic))
    expect(await refusalOf(refused)).toMatchObject({ status: 400, code: 'invalid' })
  })

  it('may not without the grant, whatever the key may', async () => {
    await contract.control('PUT', '/grants', { webhooks: false })
    for (const call of [sdk.webhooks.getWebhooks(), sdk.webhooks.createWebhook(draft())]) {
      expect(await refusalOf(call)).toMatchObject({ status: 403, code: 'permission_denied' })
    }
  })
})

describe('a delivery', () => {
  const received: { headers: IncomingHttpHeaders; body: string }[] = []
  const endpoint = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      received.push({ headers: request.headers, body })
      response.end()
    })
  })
  beforeEach(async () => {
    received.length = 0
    await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve))
  })
  afterEach(() => {
    endpoint.closeAllConnections()
    endpoint.close()
  })

  async function deliver() {
    const endpointUrl = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/hook`
    const { id } = (await sdk.webhooks.createWebhook(draft({ endpointUrl }))).body.data
    const text = { to: '+18005550100', body: 'Where is my parcel?' }
    await contract.control('POST', '/phones/%2B14155550111/messages', text)
    await expect.poll(() => received).toHaveLength(1)
    const [{ headers, body } = { headers: {}, body: '' }] = received
    return { id, headers, body }
  }

  it('is signed over its bytes and its time, in whole, and names its webhook', async () => {
    const { id, headers, body } = await deliver()
    const stamp = String(headers['klaviyo-timestamp'])
    const signature = createHmac('sha256', 'a-secret-of-enough-length').update(body + stamp)
    expect(headers['klaviyo-signature']).toBe(signature.digest('hex'))
    expect(new Date(stamp).toUTCString()).toBe(stamp)
    expect(headers['klaviyo-webhook-id']).toBe(id)
    expect(JSON.parse(body).meta).toMatchObject({ klaviyo_webhook_id: id, version: '2023-06-03' })
  })

  it.skipIf(!hasKlaviyoSpecs)(
    'holds the event as the API shows it, but for the T in its time',
    async () => {
      const [{ external_id: id, payload }] = JSON.parse((await deliver()).body).data
      expect(payload.data.attributes.datetime).toMatch(
        /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\+00:00$/,
      )
      payload.data.attributes.datetime = payload.data.attributes.datetime.replace(' ', 'T')
      const shown = (await sdk.events.getEvent(id)).response.data.data
      expect(payload.data.attributes).toEqual(shown.attributes)
      const exchange = {
        method: 'GET',
        path: `/api/events/${id}`,
        requestHeaders: {},
        requestBody: '',
        status: 200,
        responseHeaders: { 'content-type': 'application/vnd.api+json' },
        responseBody: JSON.stringify(payload),
      }
      expect(loadKlaviyoContract().judgeResponse(exchange)).toEqual([])
    },
  )
})
