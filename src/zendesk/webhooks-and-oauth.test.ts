import { afterEach, describe, expect, it } from 'vitest'
import { instant } from '../kernel/instant.ts'
import { ok } from '../kernel/result.ts'
import { requestClientCredentialsToken } from './oauth.ts'
import { type ScriptedZendesk, startZendesk } from './testing/scripted-zendesk.ts'
import { createWebhooks } from './webhooks.ts'

let zendesk: ScriptedZendesk

async function start(reply: Parameters<typeof startZendesk>[0]) {
  zendesk = await startZendesk(reply)
  return zendesk.transport
}

afterEach(() => zendesk.close())

describe('webhooks and tokens', () => {
  it('create an active webhook and read its secret', async () => {
    const webhook = {
      id: '01G',
      name: 'n',
      endpoint: 'https://e',
      status: 'active',
      subscriptions: ['s'],
    }
    const transport = await start(({ method }) =>
      method === 'POST'
        ? { status: 201, body: { webhook } }
        : { status: 200, body: { signing_secret: { secret: 'x=' } } },
    )
    const webhooks = createWebhooks(transport)
    const draft = { name: 'n', endpoint: 'https://e', subscriptions: ['s'] }
    expect(await webhooks.create(draft)).toEqual(ok(webhook))
    expect(await webhooks.signingSecret('01G')).toEqual(ok('x='))
    expect(zendesk.sentBody()).toEqual({
      webhook: { ...draft, http_method: 'POST', request_format: 'json', status: 'active' },
    })
  })

  it('find one by its id, and none that was deleted', async () => {
    const webhook = {
      ...{ id: '01G', name: 'n', endpoint: 'https://e', status: 'inactive' },
      subscriptions: ['s'],
    }
    const gone = { errors: [{ code: 'WebhookNotFound', title: 'Not Found' }] }
    const transport = await start((_, count) =>
      count === 1 ? { status: 200, body: { webhook } } : { status: 404, body: gone },
    )
    expect(await createWebhooks(transport).find('01G')).toEqual(ok(webhook))
    expect(await createWebhooks(transport).find('01G')).toEqual(ok(null))
  })

  it('take an empty 204 as done', async () => {
    const transport = await start(() => ({ status: 204 }))
    expect(await createWebhooks(transport).update('01G', { status: 'inactive' })).toEqual(ok(null))
  })

  it.each([
    [
      { status: 200, body: { access_token: 't', expires_in: 1800, scope: 'read write' } },
      { value: { accessToken: 't', expiresAt: 1_801_000, scope: 'read write' } },
    ],
    [{ status: 200, body: { access_token: 't', scope: 'read' } }, { value: { expiresAt: null } }],
    [
      { status: 400, body: { error: 'invalid_scope' } },
      { problem: { kind: 'refused', code: 'invalid_scope' } },
    ],
    [{ status: 401, body: { error: 'invalid_client' } }, { problem: { kind: 'unauthorised' } }],
    [{ status: 200, body: {} }, { problem: { kind: 'unavailable' } }],
  ])('ask for a token (%#)', async (reply, expected) => {
    await start(() => reply)
    const token = await requestClientCredentialsToken({
      client: { clientId: 'replyline', clientSecret: 's' },
      baseUrl: zendesk.url,
      outbound: zendesk.outbound,
      now: instant(1_000),
    })
    expect(token).toMatchObject(expected)
  })
})
