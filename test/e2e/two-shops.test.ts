import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, type SeenTicket } from '../../src/cli/demo/outside-world.ts'
import { type Stack, startStack } from '../support/stack.ts'

/*
 * Two shops with a Klaviyo account each, on one Zendesk with a brand for each: the topology that
 * Klaviyo's own guide advises. What belongs to one must never show in the other.
 */

const NORDLYS = '+18005550100'
const FJELL = '+18005550200'
const SARAH = '+14155550111'
const ALVA = 'agent@example.com'

let stack: Stack

const bridgeFile = (name: string, key: string, brand: string) => `name: ${name}
zendesk: { url: "${stack.sandbox.zendeskUrl}", clientId: replyline, clientSecret: replyline-secret }
klaviyo: { apiKey: ${key} }
tickets: { brands: [${brand}] }
sms: { brand: ${brand} }
`

async function apply(name: string, key: string, brand: string): Promise<string> {
  const path = join(tmpdir(), `${name}-${process.pid}.yaml`)
  await writeFile(path, bridgeFile(name, key, brand))
  return stack.cli('apply', '-f', path)
}

beforeAll(async () => {
  stack = await startStack()
  await apply('nordlys', 'pk_sandbox', 'Nordlys')
  await apply('fjell', 'pk_sandbox_fjell', 'Fjell')
  await stack.control('PUT', `/profiles/${encodeURIComponent(SARAH)}?account=FJELLS`, {
    smsConsent: 'SUBSCRIBED',
    email: 'sarah.lind@example.com',
  })
})
afterAll(() => stack?.close())

async function ticketSaying(words: string): Promise<SeenTicket> {
  return eventually(`a ticket saying ${words}`, async () => {
    const all = await Promise.all(
      (await stack.world.tickets()).map(({ id }) => stack.world.ticket(id)),
    )
    return all.find(({ comments }) => comments.some(({ body }) => body === words))
  })
}

async function eventsOf(account: string, metric: string) {
  const query = new URLSearchParams({ metric, account })
  const answer = await fetch(`${stack.sandbox.controlUrl}/control/events?${query}`)
  return (await answer.json()) as { properties: { Ticket_id: string } }[]
}

async function post(url: string, body: object) {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  return (await answer.json()) as { id: number; access_token: string }
}

describe('two shops on one Zendesk', () => {
  it('share one token, one webhook and its deliveries', async () => {
    const { zendeskUrl } = stack.sandbox
    const token = await post(`${zendeskUrl}/oauth/tokens`, {
      grant_type: 'client_credentials',
      client_id: 'replyline',
      client_secret: 'replyline-secret',
      scope: 'read write',
    })
    const answer = await fetch(`${zendeskUrl}/api/v2/webhooks`, {
      headers: { authorization: `Bearer ${token.access_token}` },
    })
    const { webhooks } = (await answer.json()) as { webhooks: unknown[] }
    expect(webhooks).toHaveLength(1)
  })

  it('get a ticket each from one customer, under their own brand', async () => {
    await stack.world.texts(SARAH, NORDLYS, 'About the tent.')
    await stack.world.texts(SARAH, FJELL, 'About the boots.')
    const tent = await ticketSaying('About the tent.')
    const boots = await ticketSaying('About the boots.')
    expect([tent.brand, boots.brand]).toEqual(['Nordlys', 'Fjell'])
    expect(tent.requester.id).toBe(boots.requester.id)
  })

  it('answer from their own number, each once', async () => {
    const tent = await ticketSaying('About the tent.')
    const boots = await ticketSaying('About the boots.')
    await stack.world.comments(tent.id, {
      agentEmail: ALVA,
      body: 'The tent is here.',
      public: true,
    })
    await stack.world.comments(boots.id, { agentEmail: ALVA, body: 'The boots too.', public: true })
    const received = await eventually('both answers', async () => {
      const texts = (await stack.world.phone(SARAH)).filter(
        ({ direction }) => direction === 'received',
      )
      return texts.length >= 2 && texts
    })
    expect(received.map(({ from, body }) => [from, body])).toEqual(
      expect.arrayContaining([
        [NORDLYS, 'The tent is here.'],
        [FJELL, 'The boots too.'],
      ]),
    )
    expect(received).toHaveLength(2)
  })

  it('are told of their own brand’s tickets alone', async () => {
    const ids = [await ticketSaying('About the tent.'), await ticketSaying('About the boots.')]
    const mine = await post(`${stack.sandbox.controlUrl}/control/tickets`, {
      ...{ subject: 'Invoice', body: 'Please send it.', brand: 'Fjell' },
      requesterEmail: 'kari@example.com',
    })
    const fjells = await eventually('Fjell’s events', async () => {
      const events = await eventsOf('FJELLS', 'Opened Ticket')
      return events.length >= 2 && events
    })
    const tickets = (events: { properties: { Ticket_id: string } }[]) =>
      events.map(({ properties }) => Number(properties.Ticket_id)).sort()
    expect(tickets(fjells)).toEqual([ids[1]?.id, mine.id].sort())
    await eventually('Nordlys’s event', async () => {
      const events = await eventsOf('NRDLYS', 'Opened Ticket')
      return tickets(events).includes(ids[0]?.id ?? 0) && events
    })
    expect(tickets(await eventsOf('NRDLYS', 'Opened Ticket'))).toEqual([ids[0]?.id])
  })

  it('are warned when both would be told of one brand', async () => {
    const path = join(tmpdir(), `fjell-all-${process.pid}.yaml`)
    await writeFile(
      path,
      bridgeFile('fjell', 'pk_sandbox_fjell', 'Fjell').replace('[Fjell]', 'all'),
    )
    expect(await stack.cli('apply', '-f', path, '--dry-run')).toContain(
      'the bridge nordlys also tells its Klaviyo account of Nordlys',
    )
  })
})
