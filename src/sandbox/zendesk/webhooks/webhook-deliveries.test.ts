import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../sandbox-for-tests.ts'
import { createSubscriptions } from './webhook-for-tests.ts'

let sandbox: TestSandbox
let webhooks: ReturnType<typeof createSubscriptions>
beforeAll(async () => {
  sandbox = await startTestSandbox()
  webhooks = createSubscriptions(sandbox)
})
beforeEach(async () => {
  await sandbox.control('POST', '/reset')
})
afterEach(() => webhooks.close())
afterAll(() => sandbox.close())

const subscribe: typeof webhooks.subscribe = (...asked) => webhooks.subscribe(...asked)
const newTicket = () => webhooks.newTicket()
const delivered = () => webhooks.delivered()

describe('a delivery', () => {
  it('is made again after 409, signed anew, under the same invocation', async () => {
    const { id, received } = await subscribe(['created'], [{ status: 409 }])
    await newTicket()
    await expect.poll(() => received.length).toBe(1)
    await sandbox.control('POST', '/clock', { advanceMs: 1_000 })
    await delivered()
    const invocations = received.map(({ headers }) => headers['x-zendesk-webhook-invocation-id'])
    expect(received).toHaveLength(2)
    expect(new Set(invocations).size).toBe(1)
    const history = await sandbox.api('GET', `/webhooks/${id}/invocations`)
    expect(history.body.invocations[0]).toMatchObject({ status: 'success', attempts_count: 2 })
    const path = `/webhooks/${id}/invocations/${history.body.invocations[0].id}/attempts`
    const codes = (await sandbox.api('GET', path)).body.attempts.map(
      (attempt: { response_code: number }) => attempt.response_code,
    )
    expect(codes).toEqual([409, 200])
  })

  it.each([
    ['a Retry-After under a minute', { status: 503, headers: { 'retry-after': '5' } }, 2],
    ['a Retry-After of a minute', { status: 503, headers: { 'retry-after': '60' } }, 1],
    ['no word of when', { status: 429 }, 2],
    ['a failure of another kind', { status: 500 }, 1],
    ['a refusal', { status: 403 }, 1],
  ])('after %s', async (_what, answer, attempts) => {
    const { received } = await subscribe(['created'], [answer])
    await newTicket()
    await expect.poll(() => received.length).toBe(1)
    await expect
      .poll(async () => {
        await sandbox.control('POST', '/clock', { advanceMs: 5_000 })
        return received.length
      })
      .toBe(attempts)
    await delivered()
    expect(received).toHaveLength(attempts)
  })

  it.each([
    ['on', 4],
    ['off', 1],
  ])(
    'without a Retry-After, by webhook_retry_without_retry_after %s, %i times',
    async (value, all) => {
      await sandbox.control('PUT', '/settings', { webhook_retry_without_retry_after: value })
      const { received } = await subscribe(['created'], Array(9).fill({ status: 503 }))
      await newTicket()
      const later = () => sandbox.control('POST', '/clock', { advanceMs: 10_000 })
      await expect.poll(() => later().then(() => received.length)).toBe(all)
      await delivered()
      expect(received).toHaveLength(all)
    },
  )

  it('waits while the circuit breaker is open, as a doubt, and keeps its invocation', async () => {
    await sandbox.control('PUT', '/settings', { webhook_circuit_breaker: 'on' })
    const failures = Array.from({ length: 10 }, () => ({ status: 500 }))
    const { id, received } = await subscribe(['created'], failures)
    for (let count = 0; count < 10; count += 1) await newTicket()
    await expect.poll(() => received.length).toBe(10)
    await delivered()
    await newTicket()
    const latest = async () => {
      const { body } = await sandbox.api('GET', `/webhooks/${id}/invocations?page[size]=1`)
      return body.invocations[0]
    }
    const waiting = await latest()
    expect([waiting.status, received.length]).toEqual(['circuit broken', 10])
    await sandbox.control('POST', '/clock', { advanceMs: 5_000 })
    await expect.poll(() => received.length).toBe(11)
    await delivered()
    expect(await latest()).toMatchObject({ id: waiting.id, status: 'success' })
  })

  it('is terminated by a refusal, which the history says', async () => {
    const { id } = await subscribe(['created'], [{ status: 403 }])
    await newTicket()
    await delivered()
    const history = await sandbox.api(
      'GET',
      `/webhooks/${id}/invocations?filter[status]=terminated`,
    )
    expect(history.body.invocations).toHaveLength(1)
  })

  it('comes twice, or never, or with a spoilt signature, when told to', async () => {
    const { id, received } = await subscribe(['created'])
    const behave = (how: object) =>
      sandbox.control('POST', '/webhooks', { platform: 'zendesk', ...how })

    await behave({ duplicate: true })
    await newTicket()
    await delivered()
    expect(received).toHaveLength(2)
    expect(received[0]?.body).toBe(received[1]?.body)

    await behave({ drop: 1 })
    await newTicket()
    await delivered()
    expect(received).toHaveLength(2)

    await behave({ forge: 1 })
    await newTicket()
    await delivered()
    const { headers, body } = received[2] ?? { headers: {}, body: '' }
    const secret = (await sandbox.api('GET', `/webhooks/${id}/signing_secret`)).body.signing_secret
    const honest = createHmac('sha256', secret.secret)
      .update(String(headers['x-zendesk-webhook-signature-timestamp']) + body)
      .digest('base64')
    expect(headers['x-zendesk-webhook-signature']).not.toBe(honest)
  })

  it('waits for the sandbox clock when delayed', async () => {
    const { received } = await subscribe(['created'])
    await sandbox.control('POST', '/webhooks', { platform: 'zendesk', delayMs: 60_000 })
    await newTicket()
    expect(received).toHaveLength(0)
    await sandbox.control('POST', '/clock', { advanceMs: 60_000 })
    await delivered()
    expect(received).toHaveLength(1)
  })
})
