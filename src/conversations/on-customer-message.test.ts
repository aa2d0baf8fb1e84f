import { describe, expect, it } from 'vitest'
import {
  CUSTOMER,
  conversation,
  FJELL,
  facts,
  id,
  message,
  NORDLYS,
  policy,
  profile,
  TICKET,
} from '../../test/support/core-builders.ts'
import { onCustomerMessage, onTicketRefused } from './on-customer-message.ts'

const question = message('Where is my parcel?')

describe('a customer texts', () => {
  it('opens a ticket when the conversation has none', () => {
    expect(onCustomerMessage(conversation('none'), question, facts(), policy)).toEqual({
      reason: 'first_message',
      effects: [
        {
          kind: 'create_ticket',
          conversationId: 'conv-1',
          requester: { kind: 'known', userId: CUSTOMER },
          subject: 'Where is my parcel?',
          body: 'Where is my parcel?',
          tags: ['sms', 'replyline'],
          brandId: NORDLYS,
          isNote: false,
        },
      ],
    })
  })

  it.each([
    ['new', 'ticket_is_active'],
    ['open', 'ticket_is_active'],
    ['pending', 'ticket_is_active'],
    ['hold', 'ticket_is_active'],
    [null, 'ticket_is_active'],
    ['solved', 'reopened_solved_ticket'],
  ] as const)('adds a comment to a ticket whose status is %s (%s)', (status, reason) => {
    expect(onCustomerMessage(conversation(status), question, facts(), policy)).toEqual({
      reason,
      effects: [
        {
          kind: 'add_comment',
          conversationId: 'conv-1',
          ticketId: TICKET,
          author: { kind: 'known', userId: CUSTOMER },
          body: 'Where is my parcel?',
        },
      ],
    })
  })

  it('opens a new ticket after a closed one, with a note that names it', () => {
    const decision = onCustomerMessage(conversation('closed'), question, facts(), policy)
    expect(decision.reason).toBe('previous_ticket_is_closed')
    expect(decision.effects).toMatchObject([
      { kind: 'create_ticket', isNote: false },
      {
        kind: 'add_note',
        ticket: { kind: 'from_effect', ordinal: 0 },
        body: 'Follows ticket #35436, which is closed and cannot be reopened.',
        addTags: [],
        reopens: false,
      },
    ])
  })

  it.each(['none', 'open', 'solved', 'closed'] as const)(
    'changes nothing in Zendesk while texts are switched off (ticket: %s)',
    (status) => {
      const off = { ...policy, smsEnabled: false }
      expect(onCustomerMessage(conversation(status), question, facts(), off)).toEqual({
        reason: 'sms_not_enabled',
        effects: [],
      })
    },
  )

  it.each(['STOP', 'JOIN', 'SIZE', 'YES', 'please cancel my order'])(
    'has "%s" added to an active ticket word for word, subscribed or not',
    (body) => {
      const unsubscribed = facts({ profile: profile({ consent: 'UNSUBSCRIBED' }) })
      const decision = onCustomerMessage(conversation('open'), message(body), unsubscribed, policy)
      expect(decision).toMatchObject({
        reason: 'ticket_is_active',
        effects: [{ kind: 'add_comment', body }],
      })
    },
  )

  it.each([
    ['STOP', 'solved', 'keyword_opt_out'],
    ['JOIN', 'solved', 'keyword_subscribe'],
    ['STOP', 'closed', 'keyword_opt_out'],
  ] as const)('reopens or follows up nothing with %s on a %s ticket', (body, status, reason) => {
    const decision = onCustomerMessage(conversation(status), message(body), facts(), policy)
    expect(decision).toEqual({ reason, effects: [] })
  })
})

describe('the number that was texted', () => {
  const ticketFor = (brandNumber: string | null, changes: Partial<typeof policy> = {}) =>
    onCustomerMessage(conversation('none'), message('Hello there', { brandNumber }), facts(), {
      ...policy,
      ...changes,
    }).effects[0]

  it('gives the ticket the brand and tags of its route', () => {
    expect(ticketFor('+14155550101')).toMatchObject({
      brandId: FJELL,
      tags: ['sms', 'replyline', 'fjell'],
    })
  })

  it.each(['+14155550100', '+141555501010', null])(
    '%s has no route, so the bridge decides',
    (number) => {
      expect(ticketFor(number)).toMatchObject({ brandId: NORDLYS, tags: ['sms', 'replyline'] })
    },
  )

  it('leaves the brand to the bridge when its route names none', () => {
    const routes = [{ number: '+14155550101', brandId: null, tags: [] }]
    expect(ticketFor('+14155550101', { routes })).toMatchObject({ brandId: NORDLYS })
  })

  it('leaves the brand to Zendesk when neither route nor bridge names one', () => {
    expect(ticketFor('+14155550100', { brandId: null })).toMatchObject({ brandId: null })
  })

  it('adds no tag twice', () => {
    const routes = [{ number: '+14155550101', brandId: FJELL, tags: ['sms', 'vip', 'vip'] }]
    expect(ticketFor('+14155550101', { routes })).toMatchObject({
      tags: ['sms', 'replyline', 'vip'],
    })
  })
})

describe('the requester', () => {
  const unknown = facts({ zendeskUserId: null })

  it('is made first when Zendesk does not know them, with phone and e-mail', () => {
    const decision = onCustomerMessage(conversation('none'), question, unknown, policy)
    expect(decision.effects).toMatchObject([
      {
        kind: 'ensure_end_user',
        name: 'Ada Nilsen',
        phone: '+14155550142',
        email: 'ada@example.com',
        externalId: 'klaviyo:profile-1',
      },
      { kind: 'create_ticket', requester: { kind: 'from_effect', ordinal: 0 } },
    ])
  })

  it('is made before the comment that names them', () => {
    const decision = onCustomerMessage(conversation('open'), question, unknown, policy)
    expect(decision.effects).toMatchObject([
      { kind: 'ensure_end_user' },
      { kind: 'add_comment', author: { kind: 'from_effect', ordinal: 0 } },
    ])
  })

  it('comes before the ticket, and the ticket before the note that follows it', () => {
    const decision = onCustomerMessage(conversation('closed'), question, unknown, policy)
    expect(decision.effects).toMatchObject([
      { kind: 'ensure_end_user' },
      { kind: 'create_ticket' },
      { kind: 'add_note', ticket: { kind: 'from_effect', ordinal: 1 } },
    ])
  })

  it('is named by the end of their number when Klaviyo cannot be read', () => {
    const blind = facts({ zendeskUserId: null, profile: { kind: 'unverified' } })
    const decision = onCustomerMessage(conversation('none'), question, blind, policy)
    expect(decision.effects[0]).toMatchObject({ name: 'Customer …0142', email: null })
  })
})

describe('a write that Zendesk refused, decided again on what is now known', () => {
  it('makes a new ticket that names the one closed meanwhile', () => {
    const now = conversation('closed')
    const decision = onTicketRefused('ticket_closed', now, question, facts(), policy)
    expect(decision.reason).toBe('previous_ticket_is_closed')
    expect(decision.effects).toMatchObject([
      { kind: 'create_ticket', body: 'Where is my parcel?' },
      { kind: 'add_note', ticket: { kind: 'from_effect', ordinal: 0 } },
    ])
  })

  it('makes a new ticket without a word about the one deleted meanwhile', () => {
    const now = conversation('none')
    const decision = onTicketRefused('ticket_gone', now, question, facts(), policy)
    expect(decision.reason).toBe('previous_ticket_is_gone')
    expect(decision.effects.map(({ kind }) => kind)).toEqual(['create_ticket'])
  })

  it('makes the user again that was removed meanwhile', () => {
    const now = facts({ zendeskUserId: null })
    const decision = onTicketRefused('user_gone', conversation('open'), question, now, policy)
    expect(decision.reason).toBe('ticket_is_active')
    expect(decision.effects).toMatchObject([
      { kind: 'ensure_end_user' },
      { kind: 'add_comment', author: { kind: 'from_effect', ordinal: 0 } },
    ])
  })

  it.each([
    ['ticket_closed', 'closed'],
    ['ticket_gone', 'none'],
  ] as const)('makes no ticket of a keyword, as ever (%s)', (refusal, status) => {
    const now = conversation(status)
    expect(onTicketRefused(refusal, now, message('STOP'), facts(), policy)).toEqual({
      reason: 'keyword_opt_out',
      effects: [],
    })
  })
})

describe('a WhatsApp message', () => {
  const whatsApp = message('Hei, where is my parcel?', { channel: 'whatsapp' })
  const channel = conversation('none', { id: id('conv-2'), channel: 'whatsapp' })

  it('makes a ticket without any consent to texts', () => {
    const stranger = facts({ profile: profile({ consent: 'NEVER_SUBSCRIBED' }) })
    const decision = onCustomerMessage(channel, whatsApp, stranger, policy)
    expect(decision.reason).toBe('first_message')
    expect(decision.effects).toMatchObject([
      { kind: 'create_ticket', conversationId: 'conv-2', tags: ['whatsapp', 'replyline'] },
    ])
  })

  it('makes none when it is a keyword', () => {
    const decision = onCustomerMessage(channel, { ...whatsApp, body: 'stop' }, facts(), policy)
    expect(decision).toEqual({ reason: 'keyword_opt_out', effects: [] })
  })
})
