import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestNative, NO_EMAIL, SARAH, type TestNative } from './native-for-tests.ts'

const TRANSCRIPT = [
  { role: 'user', content: 'Do the boots run small?', at: '2026-11-20T10:00:00Z' },
  { role: 'agent', content: 'A little. Anything else?', at: '2026-11-20T10:00:04Z' },
  { role: 'user', content: 'A person, please.', at: '2026-11-20T10:00:31Z' },
]

let native: TestNative

beforeEach(async () => {
  native = createTestNative()
  await native.install({ metrics: true, handOffs: true })
})
afterEach(() => native.close())

function givesUp(more: object = {}) {
  const given = { email: 'sarah.lind@example.com', channel: 'web-chat', transcript: TRANSCRIPT }
  return native.ask<{ ticketId: number; profileId: string; description: string }>(
    'POST',
    '/handoffs',
    { ...given, category: 'explicit-ask', ...more },
  )
}

describe('the AI agent that gives up', () => {
  it('makes a ticket with transcript, times, e-mail and profile (N23, N74)', async () => {
    const { status, body } = await givesUp()
    expect(status).toBe(201)
    const ticket = await native.ticket()
    expect(ticket).toMatchObject({
      id: body.ticketId,
      requester: { email: 'sarah.lind@example.com' },
    })
    const lines = TRANSCRIPT.flatMap(({ content, at }) => [content, at])
    for (const words of [...lines, 'sarah.lind@example.com', body.profileId]) {
      expect(ticket.description).toContain(words)
    }
  })

  it('may do so again while the ticket is open (N75)', async () => {
    await givesUp()
    await givesUp()
    expect(await native.tickets()).toHaveLength(2)
  })

  it('is counted as an opened ticket of the visitor', async () => {
    const { body } = await givesUp()
    expect(await native.events('Opened Ticket')).toMatchObject([
      { profileId: body.profileId, properties: { Channel: 'web-chat', Ticket_id: body.ticketId } },
    ])
  })

  it.each([
    ['public', true],
    ['internal', false],
  ])('leaves a transcript that is, by native_handoff_comment, %s', async (value, isPublic) => {
    native.doubt('native_handoff_comment', value)
    await givesUp()
    expect((await native.ticket()).comments).toMatchObject([{ public: isPublic }])
  })

  it('answers nobody by text from its ticket', async () => {
    await native.install({ sms: true })
    const { body } = await givesUp()
    await native.comments(body.ticketId, 'They do.')
    expect(await native.received(SARAH)).toEqual([])
  })
})

describe('where nobody knows what happens, 501 says so', () => {
  it('of a channel that is not handed off to Zendesk (N76)', async () => {
    await native.install({ handOffs: ['email'] })
    const { status, body } = await givesUp()
    expect(status).toBe(501)
    expect(body.description).toContain('does not hand off to Zendesk')
    expect((await givesUp({ channel: 'email' })).status).toBe(201)
  })

  it('of a visitor without e-mail', async () => {
    const { status, body } = await givesUp({ email: undefined, number: NO_EMAIL })
    expect(status).toBe(501)
    expect(body.description).toContain('without e-mail')
  })

  it('of a conversation by text that is synced as well', async () => {
    await native.install({ sms: true })
    expect((await givesUp({ channel: 'sms' })).status).toBe(501)
    await native.install({ sms: false })
    expect((await givesUp({ channel: 'sms' })).status).toBe(201)
  })
})

describe('what cannot be a hand-off', () => {
  it.each([
    ['a stranger', { email: 'nobody@example.com' }, 404],
    ['an unknown account', { account: 'NOBODY' }, 404],
    ['an empty transcript', { transcript: [] }, 400],
    ['an unknown channel', { channel: 'fax' }, 400],
    ['an unknown category', { category: 'boredom' }, 400],
  ])('is refused: %s', async (_what, more, status) => {
    expect((await givesUp(more)).status).toBe(status)
    expect(await native.tickets()).toEqual([])
  })
})
