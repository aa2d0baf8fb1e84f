import { describe, expect, it } from 'vitest'
import {
  CUSTOMER,
  conversation,
  id,
  NOON,
  policy,
  TICKET,
} from '../../test/support/core-builders.ts'
import type { ConsentChanged, TextOutcome } from './events.ts'
import { onConsentChange } from './on-consent-change.ts'
import { onTellRefused, onTextOutcome } from './on-text-outcome.ts'

function outcome(of: TextOutcome['outcome'], why: string): TextOutcome {
  return {
    kind: 'text_outcome',
    ticketId: TICKET,
    outcome: of,
    why,
    textStart: 'It left the',
    at: NOON,
  }
}

describe('what became of a text', () => {
  it.each([
    [
      'failed',
      'Carrier Violation',
      "The text “It left the” did not reach the customer's phone: the carrier refused it (Carrier Violation). Answer again in other words and without links, or reach the customer by e-mail or phone.",
      ['sms_failed'],
    ],
    [
      'failed',
      'Message Blocked',
      "The text “It left the” did not reach the customer's phone: Klaviyo blocked it, as the customer has opted out or is blocked (Message Blocked). Do not answer by text; reach the customer by e-mail or phone.",
      ['sms_failed'],
    ],
    [
      'failed',
      'the carrier gave no reason',
      "The text “It left the” did not reach the customer's phone: the carrier gave no reason. Reach the customer in another way, or answer again later.",
      ['sms_failed'],
    ],
    [
      'refused',
      'the customer opted out',
      'The text “It left the” was not sent: the customer opted out. Once that is mended, answer again: a new answer is a new text. Or reach the customer in another way.',
      ['sms_refused'],
    ],
    [
      'refused',
      'Klaviyo refused: answered 400, invalid: The window is closed.',
      'The text “It left the” was not sent: Klaviyo refused: answered 400, invalid: The window is closed. Once that is mended, answer again: a new answer is a new text. Or reach the customer in another way.',
      ['sms_refused'],
    ],
    [
      'unknown',
      'Klaviyo did not answer',
      'It is not known whether the text “It left the” reached the customer: Klaviyo did not answer. It was not sent again. Check the conversation in Klaviyo before you repeat it.',
      ['sms_unknown'],
    ],
    [
      'delivered_after_all',
      '',
      'Klaviyo now says that the text “It left the” was delivered after all.',
      [],
    ],
  ] as const)(
    '%s: the agent reads it in an internal note on the ticket',
    (of, why, body, addTags) => {
      expect(onTextOutcome(conversation('open'), outcome(of, why))).toEqual({
        reason: 'told_on_ticket',
        effects: [
          {
            kind: 'add_note',
            ticket: { kind: 'known', ticketId: TICKET },
            body,
            addTags,
            reopens: false,
          },
        ],
      })
    },
  )

  it.each([
    ['failed', true],
    ['refused', true],
    ['unknown', true],
    ['other_number', false],
    ['delivered_after_all', false],
  ] as const)('%s puts a solved ticket back before its assignee: %s', (of, reopens) => {
    expect(onTextOutcome(conversation('solved'), outcome(of, 'x')).effects).toMatchObject([
      { kind: 'add_note', reopens },
    ])
  })
})

describe('what became of a text whose ticket is closed', () => {
  const known = { policy, requesterId: CUSTOMER }

  it("is told on the conversation's active ticket, which names the closed one", () => {
    const later = {
      ...conversation('open'),
      ticket: { id: id<'TicketId'>('77'), status: 'open' },
    } as const
    const decision = onTellRefused(later, outcome('unknown', 'no answer'), known)
    expect(decision.reason).toBe('told_on_ticket')
    expect(decision.effects).toMatchObject([
      { kind: 'add_note', ticket: { ticketId: '77' }, body: expect.stringContaining(`#${TICKET}`) },
    ])
  })

  it('is told on a new ticket when there is no active one', () => {
    const decision = onTellRefused(conversation('closed'), outcome('failed', 'unreachable'), known)
    expect(decision.reason).toBe('told_on_new_ticket')
    expect(decision.effects).toMatchObject([
      {
        kind: 'create_ticket',
        isNote: true,
        requester: { kind: 'known', userId: CUSTOMER },
        body: expect.stringContaining(`#${TICKET}`),
        tags: expect.arrayContaining(['sms_failed']),
      },
    ])
  })

  it('is worth no new ticket when nobody has to act', () => {
    const decision = onTellRefused(
      conversation('closed'),
      outcome('delivered_after_all', ''),
      known,
    )
    expect(decision).toEqual({ reason: 'no_open_ticket', effects: [] })
  })
})

describe('a consent that changes', () => {
  const change = (to: ConsentChanged['to']): ConsentChanged => ({
    kind: 'consent_changed',
    profileId: id('profile-1'),
    to,
    at: NOON,
  })

  it.each(['new', 'open', 'pending', 'hold', null] as const)(
    'is told to the agent when it was withdrawn on an active ticket (status: %s)',
    (status) => {
      expect(onConsentChange(conversation(status), change('withdrawn'), false)).toEqual({
        reason: 'opt_out_noted',
        effects: [
          {
            kind: 'add_note',
            ticket: { kind: 'known', ticketId: TICKET },
            body: 'The customer opted out of texts. Replies from this ticket may not reach their phone.',
            addTags: [],
            reopens: false,
          },
        ],
      })
    },
  )

  it.each(['none', 'solved', 'closed'] as const)(
    'has nobody to be told to (ticket: %s)',
    (status) => {
      expect(onConsentChange(conversation(status), change('withdrawn'), false)).toEqual({
        reason: 'no_open_ticket',
        effects: [],
      })
    },
  )

  it('has nobody to be told to when the customer has no conversation', () => {
    expect(onConsentChange(null, change('withdrawn'), false).reason).toBe('no_open_ticket')
  })

  it('is told once, when the text that did it was noted with its ticket', () => {
    expect(onConsentChange(conversation('open'), change('withdrawn'), true)).toEqual({
      reason: 'opt_out_noted',
      effects: [],
    })
  })

  it('needs no word when it was given', () => {
    expect(onConsentChange(conversation('open'), change('given'), false)).toEqual({
      reason: 'consent_recorded',
      effects: [],
    })
  })
})
