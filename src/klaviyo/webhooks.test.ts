import { afterEach, describe, expect, it } from 'vitest'
import { ok } from '../kernel/result.ts'
import { type ScriptedKlaviyo, startKlaviyo } from './testing/scripted-klaviyo.ts'
import { createWebhooks } from './webhooks.ts'

let klaviyo: ScriptedKlaviyo

async function start(...given: Parameters<typeof startKlaviyo>) {
  klaviyo = await startKlaviyo(...given)
  return klaviyo.transport
}

afterEach(() => klaviyo.close())

const topicIds = ['event:klaviyo.sent_sms']
const resource = {
  type: 'webhook',
  id: 'w1',
  attributes: { name: 'Replyline', endpoint_url: 'https://bridge…', enabled: false },
  relationships: { 'webhook-topics': { data: [{ type: 'webhook-topic', id: topicIds[0] }] } },
}
const webhook = {
  id: 'w1',
  name: 'Replyline',
  endpointUrl: 'https://bridge…',
  isEnabled: false,
  topicIds,
}

describe('system webhooks', () => {
  it('are created with a secret and their topics', async () => {
    const transport = await start(() => ({ status: 201, body: { data: resource } }))
    const draft = {
      name: 'Replyline',
      endpointUrl: 'https://bridge.example.com/k',
      secretKey: 's'.repeat(16),
      topicIds,
    }
    expect(await createWebhooks(transport).create(draft)).toEqual(ok(webhook))
    expect(klaviyo.sentBody()).toEqual({
      data: {
        type: 'webhook',
        attributes: {
          name: 'Replyline',
          endpoint_url: 'https://bridge.example.com/k',
          secret_key: 's'.repeat(16),
        },
        relationships: { 'webhook-topics': { data: [{ type: 'webhook-topic', id: topicIds[0] }] } },
      },
    })
  })

  it('are changed only in what is given', async () => {
    const transport = await start(() => ({ status: 200, body: { data: resource } }))
    await createWebhooks(transport).update('w1', { isEnabled: true })
    expect(klaviyo.sentBody()).toEqual({
      data: { type: 'webhook', id: 'w1', attributes: { enabled: true } },
    })
    expect(klaviyo.received[0]).toMatchObject({ method: 'PATCH', url: '/api/webhooks/w1' })
  })

  it('are listed, and topics too', async () => {
    const transport = await start(({ url }) => ({
      status: 200,
      body: {
        data: url.startsWith('/api/webhook-topics')
          ? [{ type: 'webhook-topic', id: topicIds[0] }]
          : [resource],
      },
    }))
    expect(await createWebhooks(transport).list()).toEqual(ok([webhook]))
    expect(await createWebhooks(transport).topics()).toEqual(ok(topicIds))
  })

  it('are removed', async () => {
    const transport = await start(() => ({ status: 204 }))
    expect(await createWebhooks(transport).remove('w1')).toEqual(ok(null))
  })
})
