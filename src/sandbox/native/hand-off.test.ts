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
  return native.ask<{ ticketId: number; profileId: string; conversationId: string }>(
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

describe('a conversation that does not become a ticket stays with Klaviyo', () => {
  const isKept = async (more?: object) => {
    const { status, body } = await givesUp(more)
    expect([status, body.ticketId, typeof body.conversationId]).toEqual([201, null, 'string'])
    expect(await native.tickets()).toEqual([])
  }

  it('on a channel that is not handed off to Zendesk (N76)', async () => {
    await native.install({ handOffs: ['email'] })
    await isKept()
    expect((await givesUp({ channel: 'email' })).body.ticketId).toBeGreaterThan(0)
  })

  it('where the integration is not installed', async () => {
    native.uninstall()
    await isKept()
  })

  it('of a visitor without e-mail, if native_handoff_without_email says so', async () => {
    native.doubt('native_handoff_without_email', 'no_ticket')
    await isKept({ email: undefined, number: NO_EMAIL })
    native.doubt('native_handoff_without_email', 'by_phone')
    await givesUp({ email: undefined, number: NO_EMAIL })
    expect(await native.ticket()).toMatchObject({ requester: { phone: NO_EMAIL } })
  })
})

describe('a conversation by text that is synced as well', () => {
  it.each([
    ['own_ticket', 2],
    ['same_ticket', 1],
  ])('leaves, by native_handoff_of_synced %s, %i tickets', async (value, count) => {
    native.doubt('native_handoff_of_synced', value)
    await native.install({ sms: true })
    await native.texts(SARAH, 'Do the boots run small?')
    await givesUp({ channel: 'sms' })
    expect(await native.tickets()).toHaveLength(count)
    expect((await native.ticket()).comments.at(-1)?.body).toContain('A person, please.')
  })

  it('makes a ticket of its own when none is active', async () => {
    native.doubt('native_handoff_of_synced', 'same_ticket')
    await native.install({ sms: true })
    expect((await givesUp({ channel: 'sms' })).body.ticketId).toBeGreaterThan(0)
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
