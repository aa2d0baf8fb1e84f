// Long because it is one table after another of the same calls: a world that is set up once.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../../sandbox-for-tests.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox()
})
beforeEach(async () => {
  await sandbox.control('POST', '/reset')
})
afterAll(() => sandbox.close())

const api: TestSandbox['api'] = (...call) => sandbox.api(...call)

async function newCustomer(): Promise<number> {
  const user = { name: 'Kim', phone: '+14155550199' }
  return (await api('POST', '/users', { user })).body.user.id
}

async function newTicket(more: object = {}): Promise<number> {
  const id = await newCustomer()
  const ticket = { requester_id: id, submitter_id: id, comment: { body: 'Hello' }, ...more }
  return (await api('POST', '/tickets', { ticket })).body.ticket.id
}

const put = (id: number, ticket: object) => api('PUT', `/tickets/${id}`, { ticket })

async function agentId(): Promise<number> {
  const found = await api('GET', '/users/search?query=email:agent@example.com')
  return found.body.users[0].id
}

describe('a new ticket', () => {
  it('is written by its submitter and keeps what it was given', async () => {
    const userId = await newCustomer()
    const { body: brands } = await api('GET', '/brands')
    const fjell = brands.brands.find((brand: { name: string }) => brand.name === 'Fjell')
    const ticket = {
      subject: 'SMS',
      requester_id: userId,
      submitter_id: userId,
      brand_id: fjell.id,
      tags: ['sms', 'klaviyo'],
      external_id: 'replyline:1',
      comment: { html_body: '<p>Where &amp; when?</p>', public: true },
      metadata: { replyline: { effect: 'e1' } },
    }
    const { status, headers, body } = await api('POST', '/tickets.json', { ticket })
    expect(status).toBe(201)
    expect(headers.get('location')).toContain(`/tickets/${body.ticket.id}.json`)
    expect(body.ticket).toMatchObject({
      status: 'new',
      brand_id: fjell.id,
      tags: ['sms', 'klaviyo'],
      external_id: 'replyline:1',
      description: 'Where & when?',
      is_public: true,
      via: { channel: 'api' },
    })
    expect(body.audit.metadata.custom).toEqual({ replyline: { effect: 'e1' } })

    const { body: list } = await api('GET', `/tickets/${body.ticket.id}/comments?include=users`)
    const event = body.audit.events.find(({ type }: { type: string }) => type === 'Comment')
    expect(list.comments).toHaveLength(1)
    expect(list.comments[0]).toMatchObject({
      id: event.id,
      author_id: userId,
      body: 'Where & when?',
    })
    expect(list.comments[0].metadata.custom).toEqual({ replyline: { effect: 'e1' } })
    expect(list.users.map(({ id }: { id: number }) => id)).toEqual([userId])
  })

  it('finds or makes its requester by e-mail', async () => {
    const requester = { name: 'Rut', email: 'rut@customer.example' }
    const first = await api('POST', '/tickets', { ticket: { requester, comment: { body: 'a' } } })
    const again = await api('POST', '/tickets', { ticket: { requester, comment: { body: 'b' } } })
    expect(again.body.ticket.requester_id).toBe(first.body.ticket.requester_id)
  })

  it('needs a comment', async () => {
    const { status, body } = await api('POST', '/tickets', { ticket: { subject: 'x' } })
    expect([status, body.error]).toEqual([422, 'RecordInvalid'])
  })

  it('follows up a closed ticket with the API user as the author', async () => {
    const submitter_id = await newCustomer()
    const ticket = { via_followup_source_id: 11, submitter_id, comment: { body: 'again' } }
    const { body } = await api('POST', '/tickets', { ticket })
    expect(body.ticket.submitter_id).not.toBe(submitter_id)
    expect(body.ticket.via.source).toMatchObject({ rel: 'follow_up', from: { ticket_id: 11 } })

    const early = { ...ticket, via_followup_source_id: 1 }
    expect((await api('POST', '/tickets', { ticket: early })).status).toBe(422)
  })
})

describe('an Idempotency-Key', () => {
  const write = (body: string, key = 'k1') =>
    api('POST', '/tickets', { ticket: { comment: { body } } }, { 'idempotency-key': key })

  it('answers the same ticket twice and refuses another body', async () => {
    const [miss, hit, mismatch] = [await write('one'), await write('one'), await write('two')]
    expect(miss.headers.get('x-idempotency-lookup')).toBe('miss')
    expect(hit.headers.get('x-idempotency-lookup')).toBe('hit')
    expect(hit.body).toEqual(miss.body)
    expect([mismatch.status, mismatch.body.error]).toEqual([400, 'IdempotentRequestError'])
  })

  it('is forgotten after two hours and not before', async () => {
    const first = await write('one')
    await sandbox.control('POST', '/clock', { advanceMs: 7_100_000 })
    const remembered = await write('one')
    await sandbox.control('POST', '/clock', { advanceMs: 100_001 })
    const forgotten = await write('one')
    expect(remembered.body.ticket.id).toBe(first.body.ticket.id)
    expect(forgotten.body.ticket.id).not.toBe(first.body.ticket.id)
  })
})

describe('an update', () => {
  it('adds a comment by any author, and the updater stays the API user', async () => {
    const id = await newTicket()
    const author_id = (await api('GET', `/tickets/${id}`)).body.ticket.requester_id
    const { body } = await put(id, { comment: { body: 'more', public: true, author_id } })
    const event = body.audit.events.find(({ type }: { type: string }) => type === 'Comment')
    expect(event.author_id).toBe(author_id)
    expect(body.audit.author_id).not.toBe(author_id)
  })

  it('does not reopen, because the API user is the updater', async () => {
    const id = await newTicket({ status: 'solved', assignee_email: 'agent@example.com' })
    const author_id = (await api('GET', `/tickets/${id}`)).body.ticket.requester_id
    const { body } = await put(id, { comment: { body: 'hm', author_id } })
    expect(body.ticket.status).toBe('solved')
  })

  it('opens a new ticket by assigning it, into a group of the agent', async () => {
    const { body } = await put(await newTicket(), { assignee_id: await agentId() })
    expect(body.ticket).toMatchObject({ status: 'open', assignee_id: await agentId() })
    expect(body.ticket.group_id).not.toBeNull()
  })

  it.each([
    ['solving without an assignee', { status: 'solved' }, 422],
    ['an assignee who is no agent', { assignee_email: 'maja.lind@customer.example' }, 422],
    ['an unknown brand', { brand_id: 1 }, 422],
    ['going back to new, whose refusal is not known', { status: 'new' }, 501],
  ])('refuses %s', async (_what, change, status) => {
    const id = await newTicket({ status: 'open' })
    expect((await put(id, change)).status).toBe(status)
  })

  it('refuses a closed ticket, whatever is asked', async () => {
    for (const change of [{ status: 'open' }, { comment: { body: 'x' } }, { tags: ['a'] }]) {
      const { status, body } = await put(11, change)
      expect(status).toBe(422)
      expect(body).toEqual({
        error: 'RecordInvalid',
        description: 'Record validation errors',
        details: { status: [{ description: 'Status: closed prevents ticket update' }] },
      })
    }
  })

  it('may close a ticket for good', async () => {
    const id = await newTicket()
    expect((await put(id, { status: 'closed' })).body.ticket.status).toBe('closed')
    expect((await put(id, { status: 'open' })).status).toBe(422)
  })

  it('is held back by safe_update when the ticket moved on', async () => {
    const id = await newTicket()
    const { updated_at } = (await api('GET', `/tickets/${id}`)).body.ticket
    const safe = { safe_update: true, updated_stamp: updated_at }
    expect((await put(id, { ...safe, tags: ['a'] })).status).toBe(200)
    await sandbox.control('POST', '/clock', { advanceMs: 2_000 })
    await put(id, { tags: ['b'] })
    const { status, body } = await put(id, { ...safe, tags: ['c'] })
    expect([status, body.error]).toEqual([409, 'UpdateConflict'])
  })

  it('keeps a status of the account under its category', async () => {
    const { body } = await api('GET', '/custom_statuses')
    type Named = { id: number; agent_label: string }
    const status = body.custom_statuses.find((one: Named) => one.agent_label.includes('warehouse'))
    const changed = await put(await newTicket(), { custom_status_id: status.id })
    expect(changed.body.ticket).toMatchObject({ status: 'open', custom_status_id: status.id })
  })

  it('keeps the value of a drop-down as a tag as well', async () => {
    const { body } = await api('GET', '/ticket_fields')
    const field = body.ticket_fields.find(({ type }: { type: string }) => type === 'tagger')
    const changed = await put(await newTicket(), {
      custom_fields: [{ id: field.id, value: 'wrong_size' }],
    })
    expect(changed.body.ticket.tags).toContain('wrong_size')
  })
})

describe('the mark of a write', () => {
  it.each([
    ['on', { a: 1 }],
    ['off', {}],
  ])('stands on its comment by comment_metadata_shows_custom %s', async (value, custom) => {
    await sandbox.control('PUT', '/settings', { comment_metadata_shows_custom: value })
    const ticket = { comment: { body: 'Hello' }, metadata: { a: 1 } }
    const { body } = await sandbox.api('POST', '/tickets', { ticket })
    const { comments } = (await sandbox.api('GET', `/tickets/${body.ticket.id}/comments`)).body
    expect(comments[0].metadata.custom).toEqual(custom)
    expect(body.audit.metadata.custom).toEqual({ a: 1 })
  })
})

describe('tags', () => {
  it('are added by PUT, replaced by POST and removed by DELETE', async () => {
    const path = `/tickets/${await newTicket({ tags: ['sms'] })}/tags`
    expect((await api('PUT', path, { tags: ['vip'] })).body.tags).toEqual(['sms', 'vip'])
    expect((await api('DELETE', path, { tags: ['sms'] })).status).toBe(204)
    expect((await api('GET', path)).body.tags).toEqual(['vip'])
    expect((await api('POST', path, { tags: ['new'] })).body.tags).toEqual(['new'])
  })
})

describe('a comment', () => {
  it('is cut at 64 kB without a word', async () => {
    const id = await newTicket()
    const { body } = await put(id, { comment: { body: 'ä'.repeat(40_000), public: true } })
    const event = body.audit.events.find(({ type }: { type: string }) => type === 'Comment')
    expect(Buffer.byteLength(event.body)).toBe(65_534)
  })

  it('of an agent has its placeholders filled and its Markdown rendered, of a customer neither', async () => {
    const id = await newTicket()
    const text = '**{{ticket.id}}**'
    const author_id = (await api('GET', `/tickets/${id}`)).body.ticket.requester_id
    await put(id, { comment: { body: text } })
    await put(id, { comment: { body: text, author_id } })
    const { body } = await api('GET', `/tickets/${id}/comments`)
    const [, agents, customers] = body.comments
    expect(agents.html_body).toContain(`<strong>${id}</strong>`)
    expect(customers.body).toBe(text)
    expect(customers.html_body).not.toContain('<strong>')
  })

  it('is listed newest first by cursor, page after page', async () => {
    const id = await newTicket()
    for (const body of ['two', 'three']) await put(id, { comment: { body } })
    const path = `/tickets/${id}/comments?sort=-created_at&page[size]=2`
    const first = await api('GET', path)
    const cursor = first.body.meta.after_cursor
    const second = await api('GET', `${path}&page[after]=${cursor}`)
    const bodies = (answer: typeof first) =>
      answer.body.comments.map((one: { body: string }) => one.body)
    expect([bodies(first), bodies(second)]).toEqual([['three', 'two'], ['Hello']])
    expect([first.body.meta.has_more, second.body.meta.has_more]).toEqual([true, false])
  })
})

describe('reading tickets', () => {
  it('side-loads what they refer to', async () => {
    const path = '/tickets/3?include=users,groups,brands,comment_count'
    const { body } = await api('GET', path)
    expect(body.ticket.comment_count).toBe(1)
    expect(body.users.map(({ name }: { name: string }) => name)).toContain('Ingrid Moe')
    expect(body.groups[0].name).toBe('Support')
    expect(body.brands).toHaveLength(1)
  })

  it('finds those of a requester at once', async () => {
    const id = await newTicket()
    const { requester_id } = (await api('GET', `/tickets/${id}`)).body.ticket
    const path = `/users/${requester_id}/tickets/requested?sort=-updated_at&page[size]=5`
    const { body } = await api('GET', path)
    expect(body.tickets.map((ticket: { id: number }) => ticket.id)).toEqual([id])
  })

  it('finds those with an external_id, and several by number', async () => {
    const id = await newTicket({ external_id: 'replyline:7' })
    const { body } = await api('GET', '/tickets?external_id=replyline:7')
    const many = await api('GET', `/tickets/show_many?ids=1,2,${id},999999`)
    expect(body.tickets[0].id).toBe(id)
    expect(many.body.count).toBe(3)
  })
})

describe('the end of a ticket', () => {
  it('by merging closes the source with a tag', async () => {
    const answer = await api('POST', '/tickets/3/merge', { ids: [4] })
    await sandbox.control('POST', '/clock', { advanceMs: 1_000 })
    const job = await api('GET', `/job_statuses/${answer.body.job_status.id}`)
    const source = await api('GET', '/tickets/4')
    expect(job.body.job_status.status).toBe('completed')
    expect(source.body.ticket).toMatchObject({ status: 'closed' })
    expect(source.body.ticket.tags).toContain('closed_by_merge')
  })

  it('by deleting hides it from readers', async () => {
    expect((await api('DELETE', '/tickets/5')).status).toBe(204)
    const gone = await api('GET', '/tickets/5')
    expect([gone.status, gone.body.error]).toEqual([404, 'RecordNotFound'])
    expect((await api('GET', '/deleted_tickets')).body.deleted_tickets[0].id).toBe(5)
  })
})
