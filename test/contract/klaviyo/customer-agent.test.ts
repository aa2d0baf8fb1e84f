import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ContractSandbox, startContractSandbox } from './contract-sandbox.ts'
import { holdAnswersToSpec } from './held-to-spec.ts'

// The SDK has no beta endpoints, so these are held by the documents alone.
const BETA = { headers: { revision: '2026-07-15.pre' } }
const AGENT = '/api/customer-agent-conversations'

let contract: ContractSandbox
beforeAll(async () => {
  contract = await startContractSandbox()
})
beforeEach(async () => {
  await contract.control('POST', '/reset')
  contract.unlimited()
})
afterAll(async () => {
  await contract.close()
  holdAnswersToSpec('customer agent', contract.exchanges)
})

const call = (method: string, path: string, body?: unknown) =>
  contract.call(method, path, body === undefined ? BETA : { ...BETA, body })
const get = async (path: string) => (await contract.call('GET', path, BETA)).body

/** The AI gives up; no helpdesk listens. */
async function handsOff(content: string, minute: number): Promise<void> {
  const at = `2026-11-22T10:${minute}:00Z`
  await contract.control('POST', '/handoffs', {
    number: '+14155550111',
    channel: 'sms',
    category: 'explicit-ask',
    transcript: [
      { role: 'user', content, at },
      { role: 'agent', content: 'I will ask a colleague.', at },
    ],
  })
}

describe("the conversations of Klaviyo's AI agent", () => {
  it('are listed newest first, by status and time, without saying whose they are', async () => {
    await handsOff('First', 10)
    await handsOff('Second', 20)
    const filter =
      'and(equals(status,"routed-to-team"),greater-or-equal(created_at,2026-11-22T10:00:00Z))'
    const { data, links } = await get(`${AGENT}?page[size]=1&filter=${encodeURIComponent(filter)}`)
    expect(data).toMatchObject([
      { attributes: { status: 'routed-to-team', created_at: '2026-11-22T10:20:00+00:00' } },
    ])
    expect(JSON.stringify(data)).not.toContain('+1415')
    const next = await get(new URL(links.next).pathname + new URL(links.next).search)
    expect(next.data).toMatchObject([{ attributes: { created_at: '2026-11-22T10:10:00+00:00' } }])
    expect((await get(`${AGENT}?filter=equals(status,"open")`)).data).toEqual([])
    await contract.control('PUT', '/settings', { agent_handoff_status: 'open' })
    await handsOff('Third', 30)
    expect((await get(`${AGENT}?filter=equals(status,"open")`)).data).toHaveLength(1)
  })

  it('hold what was said, and can be closed', async () => {
    await handsOff('Where is my parcel?', 10)
    const { id } = (await get(AGENT)).data[0]
    const { data } = await get(`${AGENT}/${id}/customer-agent-messages`)
    expect(data.map(({ attributes }: { attributes: object }) => attributes)).toMatchObject([
      { role: 'user', content: 'Where is my parcel?' },
      { role: 'agent', content: 'I will ask a colleague.' },
    ])
    const ids = await get(`${AGENT}/${id}/relationships/customer-agent-messages`)
    expect(ids.data.map((each: { id: string }) => each.id)).toEqual(
      data.map((each: { id: string }) => each.id),
    )
    const change = (status: string) =>
      contract.call('PATCH', `${AGENT}/${id}`, {
        ...BETA,
        body: { data: { type: 'customer-agent-conversation', id, attributes: { status } } },
      })
    expect((await change('open')).status).toBe(400)
    expect((await change('closed')).body.data.attributes.status).toBe('closed')
    expect((await get(`${AGENT}/${id}`)).data.attributes.status).toBe('closed')
    expect((await contract.call('GET', `${AGENT}/none`, BETA)).status).toBe(404)
  })
})

describe("Klaviyo's AI agent, of which an account has one", () => {
  const change = (attributes: object, id = 'NRDLYS') =>
    call('PATCH', `/api/customer-agents/NRDLYS`, {
      data: { type: 'customer-agent', id, attributes },
    })

  it('is shown as it was set up last', async () => {
    const rule = { title: 'refund', description: 'Asks for money back.', status: 'enabled' }
    const tone_of_voice = { preset: 'custom', custom_instruction: 'Like a pirate.' }
    await change({ name: 'Nova', tone_of_voice, escalation_rules: [rule] })
    await change({ communication_styles: [{ ...rule, title: 'Short' }] })
    const { attributes } = (await get('/api/customer-agents/NRDLYS')).data
    expect(attributes).toMatchObject({ name: 'Nova', tone_of_voice, escalation_rules: [rule] })
    expect(attributes.communication_styles).toHaveLength(1)
    await change({ escalation_rules: [] })
    const fields = 'escalation_rules,communication_styles,tone_of_voice'
    const { data } = await get(`/api/customer-agents/NRDLYS?fields[customer-agent]=${fields}`)
    expect(data.attributes).toMatchObject({ escalation_rules: [] })
    expect(data.attributes).not.toHaveProperty('name')
  })

  it.each([
    ['another id', {}, 'OTHER1', 400],
    ['an unknown tone', { tone_of_voice: { preset: 'rude' } }, 'NRDLYS', 400],
    ['a custom tone in no words', { tone_of_voice: { preset: 'custom' } }, 'NRDLYS', 400],
  ])('refuses %s', async (_what, attributes, id, status) => {
    expect((await change(attributes, id)).status).toBe(status)
    expect((await call('GET', '/api/customer-agents/FJELLS')).status).toBe(404)
  })
})

describe("a turn of Klaviyo's AI agent", () => {
  async function asks(content: string, more: { mode?: string; id?: string } = {}) {
    const { mode = 'live', id } = more
    const conversation = { data: { type: 'customer-agent-conversation', id } }
    const data = {
      type: 'customer-agent-response',
      attributes: { mode, channel: 'sms', messages: [{ role: 'user', content }] },
      ...(id === undefined ? {} : { relationships: { conversation } }),
    }
    const { status, body } = await call('POST', '/api/customer-agent-responses', { data })
    return { status, id: body.data?.id as string, events: body.data?.attributes.events ?? [] }
  }
  const kinds = (events: readonly { type: string }[]) => events.map(({ type }) => type)

  it('is kept with what was said, and goes on in the same conversation', async () => {
    const first = await asks('Do the boots run small?')
    expect([first.status, kinds(first.events)]).toEqual([201, ['message']])
    const second = await asks('A person, please.', { id: first.id })
    expect(second).toMatchObject({
      id: first.id,
      events: [{ type: 'message' }, { type: 'handoff', mode: 'soft', category: 'explicit-ask' }],
    })
    expect((await get(`${AGENT}/${first.id}`)).data.attributes.status).toBe('routed-to-team')
    const { data } = await get(`${AGENT}/${first.id}/customer-agent-messages`)
    const roles = data.map(({ attributes }: { attributes: { role: string } }) => attributes.role)
    expect(roles).toEqual(['user', 'agent', 'user', 'agent'])
  })

  it('of a preview is not kept, but may go on', async () => {
    const { id } = await asks('Hello', { mode: 'preview' })
    expect((await asks('And?', { mode: 'preview', id })).id).toBe(id)
    expect((await get(AGENT)).data).toEqual([])
  })

  it.each([
    ['!?', {}, ['message', 'handoff'], 'unintelligible-input'],
    ['I want a refund', {}, ['message', 'handoff'], 'escalation-rule'],
    ['A human', { agent_handoff_mode: 'silent' }, ['handoff'], 'explicit-ask'],
    ['A human', { agent_handoff_mode: 'hard' }, ['message', 'handoff'], 'explicit-ask'],
    ['Hello', { agent_turn: 'is_not_paid' }, ['message', 'handoff'], 'bad-billing-state'],
    ['Hello', { agent_turn: 'asks_to_sign_in' }, ['require-authentication'], undefined],
    ['Hello', { agent_turn: 'fails' }, ['error'], undefined],
  ])('%j under %j ends in %j', async (content, switches, types, category) => {
    await contract.control('PUT', '/settings', switches)
    const rule = { title: 'refund', description: 'Asks for money back.', status: 'enabled' }
    await call('PATCH', '/api/customer-agents/NRDLYS', {
      data: { type: 'customer-agent', id: 'NRDLYS', attributes: { escalation_rules: [rule] } },
    })
    const { events } = await asks(content)
    expect([kinds(events), events.at(-1).category]).toEqual([types, category])
  })

  it('needs a last word of the customer, and a conversation that is open', async () => {
    const { id } = await asks('Hello')
    await call('PATCH', `${AGENT}/${id}`, {
      data: { type: 'customer-agent-conversation', id, attributes: { status: 'closed' } },
    })
    expect((await asks('Hello again', { id })).status).toBe(404)
    const attributes = { mode: 'live', messages: [{ role: 'agent', content: 'Hello' }] }
    const data = { type: 'customer-agent-response', attributes }
    expect((await call('POST', '/api/customer-agent-responses', { data })).status).toBe(400)
  })
})
