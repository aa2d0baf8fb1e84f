import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ticketWith } from '../../src/cli/demo/look.ts'
import { eventually } from '../../src/cli/demo/outside-world.ts'
import {
  ALVA,
  BRAND_NUMBER,
  PHONE_ONLY,
  SARAH,
  SHARES_AGENT_EMAIL,
} from '../../src/cli/demo/people.ts'
import type { paths } from '../../web/window/api/schema.d.ts'
import { type Stack, startStack } from '../support/stack.ts'

type Answer<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } }
}
  ? Body
  : never
type Conversation = Answer<'/api/conversations'>['conversations'][number]

let stack: Stack
let token: string

async function ask<Path extends keyof paths>(path: Path, address: string): Promise<Answer<Path>> {
  const response = await fetch(`${stack.service.url}${address}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  if (response.status !== 200) throw new Error(`${path}: ${response.status}`)
  return (await response.json()) as Answer<Path>
}

const find = async (query: Readonly<Record<string, string>>) =>
  (await ask('/api/conversations', `/api/conversations?${new URLSearchParams(query)}`))
    .conversations
const told = (id: string) => ask('/api/conversations/{id}', `/api/conversations/${id}`)
const overview = async () => {
  const [bridge] = (await ask('/api/overview', '/api/overview')).bridges
  if (bridge === undefined) throw new Error('there is no bridge')
  return bridge
}

/** The customer's only conversation, once it is as it should be. */
const conversationOf = (number: string, isIt: (conversation: Conversation) => boolean) =>
  eventually(`the conversation of ${number}`, async () => {
    const [conversation] = await find({ search: number })
    return conversation !== undefined && isIt(conversation) && conversation
  })

const answers = (ticketId: number, body: string) =>
  stack.world.comments(ticketId, { agentEmail: ALVA, body, public: true })

beforeAll(async () => {
  stack = await startStack()
  token = (await stack.cli('token', 'create')).trim()
})
afterAll(() => stack?.close())

describe('a conversation', () => {
  let ticketId: number
  let conversation: Conversation

  beforeAll(async () => {
    await stack.world.texts(SARAH, BRAND_NUMBER, 'Where is my parcel?')
    ticketId = (await ticketWith(stack.world, 'Where is my parcel?')).id
    await answers(ticketId, 'It left **this morning**.')
    conversation = await conversationOf(SARAH, ({ ticket }) => ticket !== null)
    await eventually('the report on the answer', async () => {
      const { timeline } = await told(conversation.id)
      return timeline.some(({ kind }) => kind === 'message_delivered')
    })
  })

  it.each([
    ['its number with spaces and dashes', () => '+1 415-555 0111'],
    ['its number without a country', () => '(415) 555-0111'],
    ['the start of its number', () => '+1415555011'],
    ['its e-mail, in any case', () => 'Sarah.Lind@EXAMPLE.com'],
    ['the start of its e-mail', () => 'sarah.l'],
    ['its ticket', () => `#${ticketId}`],
    ['its Klaviyo profile', () => conversation.profile?.id ?? ''],
  ])('is found by %s', async (_what, search) => {
    expect((await find({ search: search() })).map(({ id }) => id)).toContain(conversation.id)
  })

  it.each(['+4799999999', '#99999999', 'nobody@example.com', '%', "' or true --"])(
    'is not found by %s',
    async (search) => {
      expect(await find({ search })).toEqual([])
    },
  )

  it('is told as it happened, in sentences and in its own words', async () => {
    const { timeline } = await told(conversation.id)
    const messages = timeline.filter(({ side }) => side === 'customer' || side === 'agent')
    expect(messages.map(({ side, says, text }) => [side, says, text])).toEqual([
      ['customer', `The customer texted ${BRAND_NUMBER}.`, 'Where is my parcel?'],
      ['agent', 'An agent answered on the ticket.', 'It left this morning.'],
    ])
    expect(messages[0]?.work[0]).toMatchObject({
      reason: 'first_message',
      says: 'The customer had no ticket: one was made.',
    })
    expect(messages[1]?.work[0]?.effects[0]).toMatchObject({
      says: "The text was delivered to the customer's phone.",
      attempts: [{ outcome: 'done' }],
    })
    const ids = timeline.map(({ id }) => id)
    expect(ids).toEqual([...ids].sort())
  })

  it('leads to its ticket and its profile', async () => {
    const { tickets, conversation: now } = await told(conversation.id)
    expect(tickets[0]?.link).toBe(`${stack.sandbox.zendeskUrl}/agent/tickets/${ticketId}`)
    expect(now.profile?.link).toBe(`${stack.sandbox.klaviyoUrl}/profile/${now.profile?.id}`)
  })

  it('is told page by page, nothing twice and nothing left out', async () => {
    const whole = await told(conversation.id)
    const seen: string[] = []
    let before = ''
    for (;;) {
      const address = `/api/conversations/${conversation.id}?limit=2${before}`
      const { timeline, earlier } = await ask('/api/conversations/{id}', address)
      seen.unshift(...timeline.map(({ id }) => id))
      if (earlier === null) break
      before = `&before=${earlier}`
    }
    expect(seen).toEqual(whole.timeline.map(({ id }) => id))
  })
})

describe('an answer that does not arrive', () => {
  it('is a problem until a later one goes out', async () => {
    const { world } = stack
    await world.texts(SHARES_AGENT_EMAIL, BRAND_NUMBER, 'Do you ship to Bergen?')
    const { id } = await ticketWith(world, 'Do you ship to Bergen?')
    await stack.control('PUT', `/phones/${encodeURIComponent(SHARES_AGENT_EMAIL)}/failure`, {
      type: 'Message Blocked',
      times: 1,
    })
    await answers(id, 'Yes, in two days.')
    const failed = await conversationOf(SHARES_AGENT_EMAIL, ({ state }) => state === 'failed')
    const why = 'Klaviyo blocked it, as the customer has opted out or is blocked (Message Blocked).'
    expect(failed.why).toBe(`The text did not reach the customer's phone: ${why}`)
    expect((await find({ state: 'failed' })).map((one) => one.id)).toEqual([failed.id])
    expect((await overview()).failing).toEqual([{ what: 'undelivered', count: 1 }])
    const { events } = await ask('/api/failures', '/api/failures')
    expect(events[0]?.work[0]).toMatchObject({ conversationId: failed.id, reason: 'reply_sent' })
    const { problems } = await ask('/api/problems', '/api/problems')
    expect(problems).toMatchObject([
      {
        what: 'undelivered',
        says: `The answer to ${failed.customerName} did not reach the phone: ${why}`,
        remedy: 'Do not answer by text; reach the customer by e-mail or phone.',
        text: 'Yes, in two days.',
        conversationId: failed.id,
        ticket: { id: String(id) },
      },
    ])

    await answers(id, 'Once more: yes, in two days.')
    await conversationOf(SHARES_AGENT_EMAIL, ({ state }) => state === 'fine')
    expect((await overview()).failing).toEqual([])
    expect((await ask('/api/failures', '/api/failures')).events).toEqual([])
    expect((await ask('/api/problems', '/api/problems')).problems).toEqual([])
  })
})

describe('an answer whose fate is unknown', () => {
  it('waits while Klaviyo may report it, and is then not known, which is not failed', async () => {
    const { world } = stack
    await world.texts(SHARES_AGENT_EMAIL, BRAND_NUMBER, 'Is it in stock?')
    const [{ ticket } = { ticket: null }] = await find({ search: SHARES_AGENT_EMAIL })
    await stack.control('POST', '/faults', {
      platform: 'klaviyo',
      match: { method: 'POST', path: '/api/conversation-messages' },
      fault: { reset: 'before' },
    })
    await answers(Number(ticket?.id), 'It is.')
    await conversationOf(
      SHARES_AGENT_EMAIL,
      ({ state, why }) =>
        state === 'waiting' && why?.includes('waiting for Klaviyo to report it') === true,
    )
    expect((await overview()).failing).toEqual([])

    await world.advancesClock(150_000)
    const unknown = await conversationOf(SHARES_AGENT_EMAIL, ({ state }) => state === 'unknown')
    expect(unknown.why).toMatch(
      /^It is not known whether the text was sent; it is never sent twice/,
    )
    expect((await overview()).failing).toEqual([{ what: 'unknown', count: 1 }])
    expect((await overview()).lastSent?.state).toBe('unknown')
    expect((await find({ state: 'unknown' })).map(({ id }) => id)).toEqual([unknown.id])
    expect(await find({ state: 'failed' })).toEqual([])
    const { timeline } = await told(unknown.id)
    expect(timeline.find(({ text }) => text === 'It is.')?.state).toBe('unknown')
    expect((await ask('/api/problems', '/api/problems')).problems).toMatchObject([
      { what: 'unknown', text: 'It is.', remedy: expect.stringMatching(/^Look in Klaviyo/) },
    ])

    await answers(Number(ticket?.id), 'It is in stock.')
    await conversationOf(SHARES_AGENT_EMAIL, ({ state }) => state === 'fine')
  })
})

describe('the overview', () => {
  it('names both accounts, and says that nothing here sends real texts', async () => {
    const { isSandbox, bridges } = await ask('/api/overview', '/api/overview')
    expect(isSandbox).toBe(true)
    expect(bridges.map(({ name, isActive }) => [name, isActive])).toEqual([['nordlys', true]])
    expect(bridges[0]?.connections).toMatchObject([
      { platform: 'zendesk', address: stack.sandbox.zendeskUrl, state: 'ready' },
      { platform: 'klaviyo', address: stack.sandbox.klaviyoUrl, state: 'ready' },
    ])
  })

  it('says how the last text each way ended, and leads to it', async () => {
    const { lastReceived, lastSent, events } = await overview()
    const mine = await conversationOf(SHARES_AGENT_EMAIL, ({ state }) => state === 'fine')
    expect(lastReceived).toMatchObject({ state: 'fine', conversationId: mine.id })
    expect(lastSent).toMatchObject({ state: 'fine', conversationId: mine.id })
    expect(events).toBeGreaterThan(6)
  })

  it('says what work waits for while a platform is down, and so does the conversation', async () => {
    const fault = { status: 503, body: 'upstream' }
    const down = { platform: 'zendesk', match: {}, times: 1_000, fault }
    await stack.control('POST', '/faults', down)
    await stack.world.texts(SHARES_AGENT_EMAIL, BRAND_NUMBER, 'And to Oslo?')
    const waiting = await conversationOf(
      SHARES_AGENT_EMAIL,
      ({ state, why }) => state === 'waiting' && why?.startsWith('Zendesk answered 503') === true,
    )
    const [group] = (await overview()).waiting
    expect(group).toMatchObject({ for: waiting.why, count: 1 })
    expect((await find({ state: 'waiting' })).map(({ id }) => id)).toEqual([waiting.id])
    await stack.control('DELETE', '/faults')
    await stack.world.advancesClock(60_000)
    await conversationOf(SHARES_AGENT_EMAIL, ({ state }) => state === 'fine')
    await eventually('nothing waits', async () => (await overview()).waiting.length === 0)
  })
})

describe('the stream of changes', () => {
  it('tells of a new text, and ends with the service', async () => {
    const response = await fetch(`${stack.service.url}/api/changes`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    let heard = 0
    const ended = (async () => {
      for await (const chunk of response.body ?? [])
        heard += new TextDecoder().decode(chunk).split('event: change').length - 1
    })()
    await eventually('the first word', async () => heard >= 2)
    const before = heard
    await stack.world.texts(PHONE_ONLY, BRAND_NUMBER, 'Is anybody there?')
    await eventually('the change', async () => heard > before)
    stack.service.signal('SIGTERM')
    await ended
    await stack.service.died()
  })
})
