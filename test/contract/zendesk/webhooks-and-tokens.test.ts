import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { call, startReceiver } from '../../../src/sandbox/sandbox-for-tests.ts'
import { list, refusal, result, startVendorSandbox, type VendorSandbox } from './vendor-client.ts'

let vendor: VendorSandbox
beforeAll(async () => {
  vendor = await startVendorSandbox('webhooks and tokens')
})
afterAll(() => vendor.close())

describe('a webhook, by node-zendesk', () => {
  let receiver: Awaited<ReturnType<typeof startReceiver>>
  beforeEach(async () => {
    receiver = await startReceiver()
    return () => receiver.close()
  })
  const create = (more: object = {}) =>
    result(
      vendor.client.webhooks.create({
        webhook: {
          name: 'Bridge',
          endpoint: receiver.url,
          http_method: 'POST',
          request_format: 'json',
          status: 'active',
          subscriptions: ['zen:event-type:ticket.created'],
          ...more,
        },
      }),
    )
  /** By plain HTTP what the client has not, or asks for under a path with two slashes. */
  const asks = (method: string, path: string, body: object) =>
    call(`${vendor.url}/api/v2${path}`, method, body, {
      authorization: `Basic ${btoa('admin@example.com/token:sandbox-api-token')}`,
    })
  const openTicket = async () => {
    await vendor.client.tickets.create({ ticket: { comment: { body: 'Hello' } } })
    await vendor.sandbox.world.webhooks.zendesk.idle()
  }

  it('is made, shown, changed and deleted', async () => {
    const made = await create({
      authentication: { type: 'bearer_token', add_position: 'header', data: { token: 't' } },
    })
    expect(made.id).toMatch(/^[0-9A-Z]{26}$/)
    expect(made.authentication).toEqual({ type: 'bearer_token', add_position: 'header' })
    await vendor.client.webhooks.patch(made.id, { webhook: { name: 'Other' } })
    expect(await result(vendor.client.webhooks.show(made.id))).toMatchObject({ name: 'Other' })
    await vendor.client.webhooks.update(made.id, { webhook: { status: 'inactive' } })
    const all = await list(vendor.client.webhooks.list())
    expect(all).toContainEqual(expect.objectContaining({ id: made.id, status: 'inactive' }))
    await vendor.client.webhooks.delete(made.id)
    const gone = await refusal(vendor.client.webhooks.show(made.id))
    expect([gone.statusCode, gone.result.errors[0].title]).toEqual([404, 'Not Found'])
  })

  it('signs with a secret that is fetched, and with the next one once that is reset', async () => {
    const { id } = await create()
    const first = (await result(vendor.client.webhooks.getSigningSecret(id))).signing_secret
    expect(first.algorithm).toBe('SHA256')
    await openTicket()
    const second = (await result(vendor.client.webhooks.resetSigningSecret(id))).signing_secret
    await openTicket()
    const [before, after] = receiver.received
    expect([isSignedWith(first.secret, before), isSignedWith(second.secret, before)]).toEqual([
      true,
      false,
    ])
    expect([isSignedWith(first.secret, after), isSignedWith(second.secret, after)]).toEqual([
      false,
      true,
    ])
    await vendor.client.webhooks.delete(id)
  })

  it('keeps its invocations, and each one its attempts under one id', async () => {
    const failing = await startReceiver([{ status: 409 }])
    const { id } = await create({ endpoint: failing.url })
    await openTicket()
    await vendor.sandbox.control('POST', '/clock', { advanceMs: 2_000 })
    await vendor.sandbox.world.webhooks.zendesk.idle()
    const { invocations } = await result(vendor.client.webhooks.listInvocations(id))
    expect(invocations).toMatchObject([{ status: 'success', attempts_count: 2 }])
    const { attempts } = await result(
      vendor.client.webhooks.listInvocationAttempts(id, invocations[0].id),
    )
    expect(attempts.map((one: { response_code: number }) => one.response_code)).toEqual([409, 200])
    const ids = failing.received.map(({ headers }) => headers['x-zendesk-webhook-invocation-id'])
    expect(ids).toEqual([invocations[0].id, invocations[0].id])
    await vendor.client.webhooks.delete(id)
    failing.close()
  })

  it('is cloned, with a secret of its own', async () => {
    const { id } = await create({ name: 'First' })
    const clone = await asks('POST', `/webhooks?clone_webhook_id=${id}`, { webhook: {} })
    expect(clone.body.webhook).toMatchObject({ name: 'First', endpoint: receiver.url })
    const secrets = [id, clone.body.webhook.id].map((each) =>
      result(vendor.client.webhooks.getSigningSecret(each)),
    )
    const [first, second] = await Promise.all(secrets)
    expect(first).not.toEqual(second)
    expect((await asks('POST', '/webhooks?clone_webhook_id=none', {})).status).toBe(404)
    for (const each of [id, clone.body.webhook.id]) await vendor.client.webhooks.delete(each)
  })

  it('is tested before it exists, signed with the secret that is for tests only', async () => {
    const request = { endpoint: receiver.url, http_method: 'POST', request_format: 'json' }
    const { body } = await asks('POST', '/webhooks/test', {
      request: { ...request, payload: '{}' },
    })
    expect(body.test).toMatchObject({ status: 'success', response_code: 200 })
    const secret = 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ=='
    expect(isSignedWith(secret, receiver.received.at(-1))).toBe(true)
  })

  it('is tested as it is, and nothing of that is kept among its invocations', async () => {
    const failing = await startReceiver([{ status: 503 }, { status: 204 }])
    const { id } = await create({ endpoint: failing.url, custom_headers: { 'x-env': 'test' } })
    const first = await asks('POST', `/webhooks/test?webhook_id=${id}`, { request: {} })
    expect(first.body.test).toMatchObject({ status: 'failed', response_code: 503 })
    await vendor.sandbox.control('PUT', '/settings', { webhook_test_answer: 'response' })
    // Past the proxy: the document does not know this form.
    const path = `/webhooks/test?webhook_id=${id}`
    const { status, body } = await vendor.sandbox.api('POST', path, { webhook: {} })
    expect([status, body.response.status]).toEqual([200, 204])
    await vendor.sandbox.control('PUT', '/settings', { webhook_test_answer: 'test' })
    const { signing_secret } = await result(vendor.client.webhooks.getSigningSecret(id))
    expect(failing.received[0]?.headers['x-env']).toBe('test')
    expect(isSignedWith(signing_secret.secret, failing.received[0])).toBe(true)
    expect((await result(vendor.client.webhooks.listInvocations(id))).invocations).toEqual([])
    expect((await asks('POST', '/webhooks/test?webhook_id=none', {})).status).toBe(404)
    await vendor.client.webhooks.delete(id)
    failing.close()
  })

  it('is tested twenty times a minute', async () => {
    await vendor.sandbox.control('POST', '/clock', { advanceMs: 60_000 })
    const test = () => asks('POST', '/webhooks/test', { request: { endpoint: receiver.url } })
    for (let count = 0; count < 20; count += 1) expect((await test()).status).toBe(200)
    expect((await test()).status).toBe(429)
    await vendor.sandbox.control('POST', '/clock', { advanceMs: 60_000 })
  })

  it.each([
    ['an address without https', { endpoint: 'http://shop.example/hook' }],
    ['a made-up event', { subscriptions: ['ticket.created'] }],
    ['another method', { http_method: 'GET' }],
    [
      'events and rules together',
      { subscriptions: ['conditional_ticket_events', 'zen:event-type:ticket.created'] },
    ],
  ])('is refused for %s', async (_what, more) => {
    const refused = await refusal(create(more))
    expect([refused.statusCode, refused.result.errors[0].code]).toEqual([400, 'InvalidWebhook'])
  })
})

describe('a token, by node-zendesk', () => {
  it('is shown by its beginning, listed, and revoked', async () => {
    const { oauthtokens } = vendor.client
    const current = await result(oauthtokens.current())
    expect(current.token).toHaveLength(10)
    const [page] = await list(oauthtokens.list())
    expect(page.tokens).toContainEqual(
      expect.objectContaining({ id: current.id, scopes: ['read', 'write'] }),
    )
    expect(await result(oauthtokens.show(current.id))).toMatchObject({ id: current.id })
    await oauthtokens.revoke(current.id)
    expect((await refusal(vendor.client.tickets.show(1))).statusCode).toBe(401)
  })
})

type Received = Awaited<ReturnType<typeof startReceiver>>['received'][number]

function isSignedWith(secret: string, delivery: Received | undefined): boolean {
  const { headers = {}, body = '' } = delivery ?? {}
  const timestamp = String(headers['x-zendesk-webhook-signature-timestamp'])
  const expected = createHmac('sha256', secret)
    .update(timestamp + body)
    .digest('base64')
  return headers['x-zendesk-webhook-signature'] === expected
}
