import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../sandbox-for-tests.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox()
})
beforeEach(async () => {
  await sandbox.control('POST', '/reset')
})
afterAll(() => sandbox.close())

const control: TestSandbox['control'] = (...call) => sandbox.control(...call)
const comment = (id: number, body: object) => control('POST', `/tickets/${id}/comments`, body)
const whole = async (id: number) => (await control('GET', `/tickets/${id}`)).body

describe('a customer mails in', () => {
  it('and the ticket shows everything with names', async () => {
    const { status, body } = await control('POST', '/tickets', {
      subject: 'Help',
      body: 'Hi',
      requesterEmail: 'rut.moe@customer.example',
      brand: 'Fjell',
      tags: ['vip'],
      customFields: { 'Order number': 'A-1' },
    })
    expect(status).toBe(201)
    const ticket = await whole(body.id)
    expect(ticket).toMatchObject({
      subject: 'Help',
      status: 'new',
      brand: 'Fjell',
      tags: ['vip'],
      via: { channel: 'email' },
      requester: { name: 'rut moe', email: 'rut.moe@customer.example' },
      comments: [{ body: 'Hi', public: true, author: { role: 'end-user' } }],
    })
    expect(ticket.custom_fields).toContainEqual(expect.objectContaining({ value: 'A-1' }))
    expect(ticket.audits).toHaveLength(1)
  })

  it.each([6, 8, 9])('and reopens ticket %i, which was waiting', async (id) => {
    await comment(id, { requester: true, body: 'Still there?' })
    expect((await whole(id)).status).toBe('open')
  })

  it('and a closed ticket gets a follow-up', async () => {
    const { body } = await comment(11, { requester: true, body: 'One more thing' })
    expect(body.id).not.toBe(11)
    expect((await whole(body.id)).via.source.from).toEqual({ ticket_id: 11 })
  })
})

describe('an agent answers', () => {
  const agentEmail = 'bo@example.com'

  it('and takes a new ticket by it', async () => {
    const { body } = await comment(1, { agentEmail, body: 'Hello', public: true })
    const ticket = await whole(1)
    expect(ticket).toMatchObject({ status: 'open', assignee: { email: agentEmail } })
    expect(ticket.comments.at(-1)).toMatchObject({ id: body.commentId, via: { channel: 'web' } })
  })

  it('in a note, which leaves the ticket new', async () => {
    await comment(1, { agentEmail, body: 'psst', public: false })
    expect((await whole(1)).status).toBe('new')
  })

  it('with a macro, whose placeholders are filled', async () => {
    await comment(3, { agentEmail, macro: 'Ask for the order number' })
    const ticket = await whole(3)
    expect(ticket.status).toBe('pending')
    expect(ticket.comments.at(-1).body).toBe('Hi Ingrid Moe, which order is ticket 3 about?')
  })

  it('with HTML, or by mail', async () => {
    await comment(3, { agentEmail, html: '<p>One</p><p>Two</p>', channel: 'email' })
    const last = (await whole(3)).comments.at(-1)
    expect([last.body, last.via.channel]).toEqual(['One\n\nTwo', 'email'])
  })

  it.each([
    ['an unknown agent', { agentEmail: 'no@example.com', body: 'x' }, 404],
    ['an unknown macro', { agentEmail, macro: 'no' }, 404],
    ['nothing to say', { agentEmail }, 400],
  ])('not as %s', async (_what, body, status) => {
    expect((await comment(3, body)).status).toBe(status)
  })

  it('not in a closed ticket', async () => {
    expect((await comment(11, { agentEmail, body: 'x' })).status).toBe(422)
  })
})

describe('the rest of a life', () => {
  it('goes from solved, taken by its solver, to closed for good', async () => {
    const solve = { status: 'solved', agentEmail: 'bo@example.com' }
    await control('POST', '/tickets/1/status', solve)
    expect(await whole(1)).toMatchObject({
      status: 'solved',
      assignee: { email: 'bo@example.com' },
    })
    await control('POST', '/tickets/1/status', { status: 'closed' })
    const { status } = await control('POST', '/tickets/1/status', { status: 'open' })
    expect(status).toBe(422)
  })

  it('may be merged, rated, given to another requester and deleted', async () => {
    await control('POST', '/tickets/3/merge', { into: 4 })
    expect(await whole(3)).toMatchObject({ status: 'closed' })
    await control('POST', '/tickets/9/csat', { score: 'good', comment: 'Great' })
    expect((await whole(9)).satisfaction_rating).toEqual({ score: 'good', comment: 'Great' })
    await control('POST', '/tickets/4/requester', { email: 'new@customer.example' })
    expect((await whole(4)).requester.email).toBe('new@customer.example')
    await control('POST', '/tickets/5/delete')
    expect((await whole(5)).status).toBe('deleted')
    expect((await control('GET', '/tickets')).body).toHaveLength(11)
  })
})

describe('after a reset', () => {
  it('the seed is back and no ticket number is used again', async () => {
    const mail = { subject: 'Help', body: 'Hi', requesterEmail: 'rut@customer.example' }
    const first = await control('POST', '/tickets', mail)
    await control('POST', '/reset')
    expect((await control('GET', '/tickets')).body).toHaveLength(12)
    expect((await control('POST', '/tickets', mail)).body.id).toBeGreaterThan(first.body.id)
  })
})
