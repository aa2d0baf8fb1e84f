import { afterEach, describe, expect, it } from 'vitest'
import type { TicketId, ZendeskUserId } from '../kernel/ids.ts'
import { type ScriptedZendesk, startZendesk } from './testing/scripted-zendesk.ts'
import { createTickets } from './tickets.ts'

let zendesk: ScriptedZendesk

async function start(reply: Parameters<typeof startZendesk>[0]) {
  zendesk = await startZendesk(reply)
  return zendesk.transport
}

afterEach(() => zendesk.close())

const ticketId = '35436' as TicketId
const ticket = { id: 35436, status: 'open', subject: 's', requester_id: 377922500012, group_id: 4 }
const userId = '377922500012' as ZendeskUserId
const person = {
  id: 377922500012,
  name: 'Ida',
  email: null,
  phone: '+14155550111',
  role: 'end-user',
}

describe('tickets', () => {
  it('are listed by number, the newest first, and no more than were asked for', async () => {
    const tickets = [ticket, { ...ticket, id: 35435 }]
    const transport = await start(() => ({ status: 200, body: { tickets } }))
    const newest = await createTickets(transport).newest(1)
    expect(newest).toMatchObject({ ok: true, value: [{ id: ticketId }] })
    expect(newest.ok && newest.value).toHaveLength(1)
    expect(zendesk.received[0]?.url).toBe('/api/v2/tickets?sort=-id&page%5Bsize%5D=1')
  })

  it('are created under a key, with the comment’s id from the audit', async () => {
    const events = [
      { type: 'Create', id: 1 },
      { type: 'Comment', id: 33144692244499 },
    ]
    const transport = await start(() => ({ status: 201, body: { ticket, audit: { events } } }))
    const draft = {
      subject: 'SMS from +14155550111',
      requesterId: userId,
      submitterId: userId,
      tags: ['sms'],
      externalId: 'replyline:c:e',
      comment: { htmlBody: 'Hello', public: true },
      metadata: { replyline: { effect: 'e' } },
    }

    expect(await createTickets(transport).create(draft, 'key-1')).toMatchObject({
      ok: true,
      value: { ticket: { id: '35436', status: 'open' }, commentId: '33144692244499' },
    })
    expect(zendesk.received[0]).toMatchObject({
      method: 'POST',
      url: '/api/v2/tickets',
      headers: { 'idempotency-key': 'key-1', 'content-type': 'application/json' },
    })
    expect(zendesk.sentBody()).toEqual({
      ticket: {
        subject: 'SMS from +14155550111',
        requester_id: 377922500012,
        submitter_id: 377922500012,
        tags: ['sms'],
        external_id: 'replyline:c:e',
        comment: { html_body: 'Hello', public: true },
        metadata: { replyline: { effect: 'e' } },
      },
    })
  })

  it('get their tags added before the comment is written', async () => {
    const transport = await start(() => ({ status: 200, body: { ticket } }))
    const change = { comment: { body: 'note', public: false }, addTags: ['sms_failed'] }
    const updated = await createTickets(transport).update(ticketId, change)

    expect(updated).toMatchObject({ ok: true, value: { commentId: null } })
    expect(zendesk.received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'PUT /api/v2/tickets/35436/tags',
      'PUT /api/v2/tickets/35436',
    ])
    expect(zendesk.sentBody(1)).toEqual({ ticket: { comment: { body: 'note', public: false } } })
  })

  it('show their people, and null for those the answer leaves out', async () => {
    const body = { ticket, users: [person], groups: [{ id: 4, name: 'Support' }], brands: [] }
    const transport = await start(() => ({ status: 200, body }))
    expect(await createTickets(transport).show(ticketId)).toMatchObject({
      value: {
        requester: { id: userId, phone: '+14155550111', role: 'end-user' },
        assignee: null,
        group: { id: '4', name: 'Support' },
        brand: null,
        agentUrl: `${zendesk.url}/agent/tickets/35436`,
      },
    })
  })

  it('give their newest comments, page by page up to the limit, following only cursors', async () => {
    const comments = (first: number) =>
      Array.from({ length: 100 }, (_, index) => ({
        id: first - index,
        author_id: person.id,
        public: true,
      }))
    const transport = await start((_, count) => ({
      status: 200,
      body: {
        comments: comments(1_000 - count * 100),
        users: [person],
        meta: { has_more: true, after_cursor: `c${count}` },
        links: { next: 'https://elsewhere.example/' },
      },
    }))
    const read = await createTickets(transport).comments(ticketId, 150)

    expect(read.ok && read.value).toHaveLength(150)
    expect(read.ok && read.value[0]).toMatchObject({
      id: '900',
      author: { role: 'end-user', name: 'Ida' },
    })
    expect(zendesk.sentQuery(0)).toMatchObject({ sort: '-created_at', 'page[size]': '100' })
    expect(zendesk.sentQuery(1)).toMatchObject({ 'page[after]': 'c1' })
  })
})
