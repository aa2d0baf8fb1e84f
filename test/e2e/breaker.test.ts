import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ticketWith } from '../../src/cli/demo/look.ts'
import { eventually } from '../../src/cli/demo/outside-world.ts'
import {
  ALVA,
  BRAND_NUMBER,
  PHONE_ONLY,
  SARAH,
  SHARES_AGENT_EMAIL,
} from '../../src/cli/demo/people.ts'
import type { components } from '../../web/window/api/schema.d.ts'
import { type Operator, operatorOf } from '../support/operator.ts'
import { type Stack, startStack } from '../support/stack.ts'

type Connection = components['schemas']['Connection']

let stack: Stack
let ask: Operator
let ticketId: number

beforeAll(async () => {
  stack = await startStack()
  ask = await operatorOf(stack)
  await stack.world.texts(SARAH, BRAND_NUMBER, 'Where is my parcel?')
  ticketId = (await ticketWith(stack.world, 'Where is my parcel?')).id
})
afterEach(() => stack.control('DELETE', '/faults'))
afterAll(() => stack?.close())

const connection = async (platform: string) => {
  const { connections } = (await ask('GET', '/connections')).body as { connections: Connection[] }
  return connections.find((one) => one.platform === platform) as Connection
}
const stands = (platform: string, why: 'paused' | 'down') =>
  eventually(`${platform} ${why}`, async () => {
    const { stands: found } = await connection(platform)
    return found?.why === why && found
  })
const goes = (platform: string) =>
  eventually(`${platform} goes`, async () => (await connection(platform)).stands === null)
const callsTo = async (platform: string) => {
  const response = await fetch(`${stack.sandbox.controlUrl}/control/calls?platform=${platform}`)
  return (await response.json()) as readonly { method: string; path: string; status: number }[]
}
const comments = async () => (await stack.world.ticket(ticketId)).comments.map(({ body }) => body)
const received = async () =>
  (await stack.world.phone(SARAH))
    .filter(({ direction }) => direction === 'received')
    .map(({ body }) => body)
const replies = (body: string) =>
  stack.world.comments(ticketId, { agentEmail: ALVA, body, public: true })
const isWaiting = async (words: string) => {
  const { bridges } = (await ask('GET', '/overview')).body as {
    bridges: components['schemas']['BridgeOverview'][]
  }
  return bridges[0]?.waiting.some((group) => group.for.includes(words)) === true
}
/** An answer that is held. Those before it went out: a copy of the service may hear of a pause a moment later. */
const heldReply = async (words: string, because: string): Promise<string> => {
  for (let n = 1; ; n += 1) {
    const body = `${words} ${n}.`
    await replies(body)
    const isHeld = await eventually(`what became of ${body}`, async () =>
      (await isWaiting(because)) ? 'held' : (await received()).includes(body) && 'sent',
    )
    if (isHeld === 'held') return body
  }
}
const gets = (body: string) =>
  eventually(`${body} on the phone`, async () => (await received()).includes(body))

describe('a platform that does not answer', () => {
  it('is left alone but for a question now and then, and all goes on in order when it answers', async () => {
    await stack.control('POST', '/faults', {
      platform: 'zendesk',
      match: {},
      times: 10_000,
      fault: { status: 503 },
    })
    for (const n of [1, 2, 3, 4]) await stack.world.texts(SARAH, BRAND_NUMBER, `While down ${n}.`)
    await stack.world.texts(PHONE_ONLY, BRAND_NUMBER, 'Me too.')
    await stack.world.texts(SHARES_AGENT_EMAIL, BRAND_NUMBER, 'And me.')
    expect((await stands('zendesk', 'down')).says).toMatch(/^Zendesk has not answered since/)
    await eventually('the reason', () => isWaiting('Zendesk has not answered'))
    await stack.control('DELETE', '/calls')
    await eventually('questions alone', async () => {
      const calls = await callsTo('zendesk')
      return calls.filter(({ path }) => path.includes('/users/me')).length >= 2 && calls
    })
    const others = (await callsTo('zendesk')).filter(({ path }) => !path.includes('/users/me'))
    expect(others).toEqual([])
    await stack.control('DELETE', '/faults')
    await goes('zendesk')
    await eventually('the last text', async () => (await comments()).includes('While down 4.'))
    expect((await comments()).filter((body) => body.startsWith('While'))).toEqual(
      [1, 2, 3, 4].map((n) => `While down ${n}.`),
    )
  })
})

describe('a connection that a person paused', () => {
  it('is not called, what is for it waits, and the other side goes on', async () => {
    const { id } = await connection('klaviyo')
    expect((await ask('POST', `/connections/${id}/pause`)).status).toBe(204)
    await stands('klaviyo', 'paused')
    const held = await heldReply('One', 'Klaviyo was paused by token tester')
    await stack.control('DELETE', '/calls')
    await stack.world.texts(SARAH, BRAND_NUMBER, 'I can still write.')
    await eventually('the text', async () => (await comments()).includes('I can still write.'))
    expect(await callsTo('klaviyo')).toEqual([])
    expect(await received()).not.toContain(held)
    expect((await ask('POST', `/connections/${id}/resume`)).status).toBe(204)
    await gets(held)
    await goes('klaviyo')
    expect((await received()).filter((body) => body === held)).toHaveLength(1)
  })

  it('for longer than an answer holds: the agent is told, and nothing is sent', async () => {
    await stack.cli('pause', 'klaviyo')
    await stands('klaviyo', 'paused')
    const held = await heldReply('Come at noon', 'Klaviyo was paused by the command line')
    await stack.control('POST', '/clock', { advanceMs: 5 * 3_600_000 })
    await stack.cli('resume', 'klaviyo')
    await eventually('a note', async () =>
      (await comments()).find((body) => body.includes('more than 4 hours')),
    )
    expect(await received()).not.toContain(held)
    await replies('Another one.')
    await gets('Another one.')
  })

  it('is named by an id that exists', async () => {
    const id = crypto.randomUUID()
    expect((await ask('POST', `/connections/${id}/pause`)).status).toBe(404)
    expect((await ask('POST', `/connections/${id}/resume`)).status).toBe(404)
    const failed = await stack.cli('pause', 'shopify').catch(({ stderr }) => stderr)
    expect(failed).toContain('name zendesk or klaviyo')
  })
})
