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
  holdAnswersToSpec('beta', contract.exchanges)
})

const get = async (path: string) => (await contract.call('GET', path, BETA)).body

/** The AI gives up. Whether a helpdesk gets a ticket of it is another matter. */
async function handsOff(content: string, minute: number): Promise<void> {
  const at = `2026-11-22T10:${minute}:00Z`
  await contract
    .control('POST', '/handoffs', {
      number: '+14155550111',
      channel: 'sms',
      category: 'explicit-ask',
      transcript: [
        { role: 'user', content, at },
        { role: 'agent', content: 'I will ask a colleague.', at },
      ],
    })
    .catch(() => null)
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

describe('the numbers that an account sends from', () => {
  it('are told with their kinds', async () => {
    const { data } = await get('/api/text-messaging-senders')
    const kinds = data.map(({ attributes }: { attributes: Record<string, unknown> }) => [
      attributes.sender_identifier,
      attributes.sender_type,
    ])
    expect(kinds).toEqual([
      ['+18005550100', 'toll_free'],
      ['+14155550101', 'long_code'],
      ['55501', 'short_code'],
      ['NORDLYS', 'alpha'],
    ])
    const one = await get(`/api/text-messaging-senders/${data[0].id}`)
    expect(one.data).toEqual(data[0])
  })
})

describe('the revision of a call', () => {
  const asked = async (path: string, headers: Record<string, string>) => {
    const { status, body } = await contract.call('GET', path, { headers })
    return [status, body.errors?.[0]?.code]
  }
  const loudly = { 'X-Klaviyo-Revision-Fall-Forward-Opt-Out': '1' }

  it.each([
    [
      'is needed in its beta form by a beta',
      '/api/text-messaging-senders',
      { revision: '2026-07-15' },
      [400, 'invalid'],
    ],
    ['may be a beta elsewhere', '/api/accounts', { revision: '2026-07-15.pre' }, [200, undefined]],
    [
      'falls forward when it is retired',
      '/api/accounts',
      { revision: '2023-02-22' },
      [200, undefined],
    ],
    [
      'falls forward when it is not known yet',
      '/api/accounts',
      { revision: '2027-01-15' },
      [200, undefined],
    ],
    [
      'is gone when it is retired and the caller opted out',
      '/api/accounts',
      { revision: '2023-02-22', ...loudly },
      [410, 'gone'],
    ],
    [
      'is refused when it is not known and the caller opted out',
      '/api/accounts',
      { revision: '2027-01-15', ...loudly },
      [400, 'invalid'],
    ],
    [
      'is served when it is young enough, opted out or not',
      '/api/accounts',
      { revision: '2025-07-15', ...loudly },
      [200, undefined],
    ],
  ])('%s', async (_what, path, headers, answer) => {
    expect(await asked(path, headers)).toEqual(answer)
  })

  it('is retired two years after its day, by the clock of the sandbox', async () => {
    const headers = { revision: '2025-07-15', ...loudly }
    expect(await asked('/api/accounts', headers)).toEqual([200, undefined])
    contract.sandbox.world.clock.advance(365 * 86_400_000)
    expect(await asked('/api/accounts', headers)).toEqual([410, 'gone'])
  })
})
