import { afterEach, describe, expect, it } from 'vitest'
import { startReceiver } from '../sandbox-for-tests.ts'
import { createSandboxClock } from './clock.ts'
import { NO_MISBEHAVIOUR } from './webhook-behaviour.ts'
import { createWebhookSender } from './webhook-sender.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function start(answers: { status: number }[] = []) {
  const clock = createSandboxClock()
  const sender = createWebhookSender(clock)
  const receiver = await startReceiver(answers)
  closers.push(() => sender.close(), receiver.close)
  const outcomes: (number | null)[] = []
  const send = (body: string, endpoint = receiver.url) =>
    sender.enqueue({
      endpoint,
      body,
      retry: (attempt, status) => (status === 200 || attempt > 2 ? null : 60_000),
      headers: (attempt) => ({ 'x-attempt': String(attempt) }),
      onOutcome: ({ status }) => outcomes.push(status),
    })
  return { clock, sender, receiver, outcomes, send }
}

describe('a sender', () => {
  it('retries when the clock says so, with new headers, until the policy ends it', async () => {
    const { clock, sender, receiver, outcomes, send } = await start([
      { status: 409 },
      { status: 409 },
    ])
    send('a')
    for (const count of [1, 2]) {
      await expect.poll(() => outcomes.length).toBe(count)
      clock.advance(60_000)
    }
    await sender.idle()
    expect(outcomes).toEqual([409, 409, 200])
    expect(receiver.received.map(({ headers }) => headers['x-attempt'])).toEqual(['1', '2', '3'])
  })

  it('notes a receiver that is not there and goes on', async () => {
    const { clock, sender, receiver, outcomes, send } = await start()
    send('a', 'http://127.0.0.1:1/')
    send('b')
    await expect.poll(() => receiver.received.length).toBe(1)
    await expect.poll(() => outcomes.length).toBe(2)
    expect(outcomes).toContain(null)
    sender.reset()
    clock.advance(60_000)
    await sender.idle()
    expect(outcomes).toHaveLength(2)
  })

  it('lets later deliveries overtake when told to reorder', async () => {
    const { sender, receiver, send } = await start()
    sender.setBehaviour({ ...NO_MISBEHAVIOUR, reorder: 1 })
    const sent = Array.from({ length: 12 }, (_, index) => String(index))
    for (const body of sent) send(body)
    await sender.idle()
    const arrived = receiver.received.map(({ body }) => body)
    expect(arrived).not.toEqual(sent)
    expect(arrived.toSorted()).toEqual(sent.toSorted())
  })
})
