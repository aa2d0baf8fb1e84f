import { afterEach, describe, expect, it } from 'vitest'
import type { TicketId, ZendeskUserId } from '../kernel/ids.ts'
import { type ScriptedZendesk, startZendesk } from './testing/scripted-zendesk.ts'
import { createTickets } from './tickets.ts'
import { createUsers } from './users.ts'

let zendesk: ScriptedZendesk

async function start(reply: Parameters<typeof startZendesk>[0]) {
  zendesk = await startZendesk(reply)
  return zendesk.transport
}

afterEach(() => zendesk.close())

const ticketId = '35436' as TicketId
const userId = '377922500012' as ZendeskUserId
const person = {
  id: 377922500012,
  name: 'Ida',
  email: null,
  phone: '+14155550111',
  role: 'end-user',
}

describe('a call to Zendesk', () => {
  it('renews a rejected token once', async () => {
    const transport = await start(({ headers }) =>
      headers.authorization === 'Bearer new'
        ? { status: 200, body: { user: person } }
        : { status: 401 },
    )
    expect(await createUsers(transport).show(userId)).toMatchObject({ ok: true })
    expect(zendesk.received).toHaveLength(2)
  })

  it('is unauthorised when the renewed token is rejected too', async () => {
    const transport = await start(() => ({ status: 401, body: { error: 'invalid_token' } }))
    const shown = await createUsers(transport).show(userId)
    expect(shown).toMatchObject({ problem: { kind: 'unauthorised' } })
    expect(zendesk.received).toHaveLength(2)
  })

  it.each([
    ['half a JSON text', '{"ticket":{"id":1', /not JSON/],
    ['a page of HTML', '<html>', /not JSON/],
    ['nothing', '', /body/],
    ['no ticket', '{}', /ticket: /],
    ['a ticket without an id', '{"ticket":{}}', /ticket\.id: missing/],
  ])('may have done its work when a success holds %s', async (_, body, detail) => {
    const transport = await start(() => ({ status: 200, body }))
    expect(await createTickets(transport).update(ticketId, { status: 'open' })).toMatchObject({
      problem: { kind: 'unavailable', touched: 'maybe', detail: expect.stringMatching(detail) },
    })
  })

  it('reports the limits that the answer announces', async () => {
    const headers = { 'x-rate-limit-remaining': '3' }
    const transport = await start(() => ({ status: 429, headers }))
    expect(await createUsers(transport).show(userId)).toMatchObject({
      problem: { kind: 'rate_limited', retryAfterMs: 5_000 },
    })
    expect(zendesk.readings).toEqual([
      { limit: 'account', remaining: 3, total: null, resetMs: 60_000 },
    ])
  })
})
