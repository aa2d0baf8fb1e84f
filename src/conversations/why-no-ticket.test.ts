import { describe, expect, it } from 'vitest'
import {
  conversation,
  facts,
  message,
  NOON,
  policy,
  profile,
} from '../../test/support/core-builders.ts'
import { instant, MINUTE, SECOND } from '../kernel/instant.ts'
import type { CustomerFacts } from './customer-facts.ts'
import { keywordHoldUntil, onCustomerMessage } from './on-customer-message.ts'

const later = (ms: number) => instant(NOON + ms)

const first = (body: string, changes: Partial<CustomerFacts> = {}) =>
  onCustomerMessage(conversation('none'), message(body), facts(changes), policy)

const consented = (to: 'given' | 'withdrawn', ms: number) => ({
  lastConsent: { to, at: later(ms) },
})
const unsubscribed = (ms: number) => profile({ consent: 'UNSUBSCRIBED', consentAt: later(ms) })

describe('one word', () => {
  it.each([
    ['a moment before it', -1, 'first_message'],
    ['in the same second', 0, 'keyword_changed_consent'],
    ['with it', 0, 'keyword_changed_consent'],
    ['two minutes after it', 2 * MINUTE, 'keyword_changed_consent'],
    ['two minutes and 1 ms after it', 2 * MINUTE + 1, 'first_message'],
  ])('and a consent event %s: %s', (_when, ms, reason) => {
    expect(first('Blue', consented('given', ms)).reason).toBe(reason)
    expect(first('Blue', { profile: profile({ consentAt: later(ms) }) }).reason).toBe(reason)
  })

  it.each([
    ['a moment before it', -1, 'first_message'],
    ['in the same second', 0, 'keyword_answered_by_flow'],
    ['two minutes after it', 2 * MINUTE, 'keyword_answered_by_flow'],
    ['two minutes and 1 ms after it', 2 * MINUTE + 1, 'first_message'],
  ])('and a flow that texts %s: %s', (_when, ms, reason) => {
    expect(first('Blue', { flowMessageAt: later(ms) }).reason).toBe(reason)
  })

  it.each(['YES', 'Y'])('%s makes a ticket unless it confirmed a subscription', (body) => {
    expect(first(body).reason).toBe('first_message')
    expect(first(body, consented('given', SECOND))).toEqual({
      reason: 'keyword_changed_consent',
      effects: [],
    })
  })

  it.each(['HELP', 'INFO', 'help?'])(
    '%s makes a ticket, whatever flow or consent follows',
    (body) => {
      const answered = { flowMessageAt: later(SECOND), ...consented('given', SECOND) }
      expect(first(body, answered)).toMatchObject({
        reason: 'first_message',
        effects: [{ kind: 'create_ticket' }],
      })
    },
  )
})

describe('a sentence', () => {
  it.each(['please cancel my order', 'the app stopped working', 'nonstop party', 'we quit'])(
    'that merely holds an opt-out word makes a ticket: %s',
    (body) => {
      expect(first(body)).toMatchObject({
        reason: 'first_message',
        effects: [{ kind: 'create_ticket' }],
      })
    },
  )

  it('that is answered by a flow makes a ticket all the same', () => {
    expect(first('please cancel my order', { flowMessageAt: later(SECOND) }).reason).toBe(
      'first_message',
    )
  })

  it.each([
    ['an event', consented('withdrawn', SECOND)],
    ['the profile', { profile: unsubscribed(SECOND) }],
    [
      'an event alone',
      { profile: { kind: 'unverified' } as const, ...consented('withdrawn', SECOND) },
    ],
  ])('that opted its writer out, by %s, makes a ticket', (_by, changes) => {
    expect(first('please cancel my order', changes)).toMatchObject({
      reason: 'opted_out_by_request',
      effects: [
        { kind: 'create_ticket', body: 'please cancel my order' },
        { kind: 'add_note', ticket: { kind: 'from_effect', ordinal: 0 } },
      ],
    })
  })

  it.each([
    [2 * MINUTE, 'opted_out_by_request'],
    [2 * MINUTE + 1, 'not_subscribed'],
    [0, 'opted_out_by_request'],
    [-1, 'not_subscribed'],
  ])('opted its writer out only when consent went within the window (%d ms: %s)', (ms, reason) => {
    expect(first('please cancel my order', { profile: unsubscribed(ms) }).reason).toBe(reason)
  })

  it('without an opt-out word did not take the consent that went at the same time', () => {
    expect(first('where is my parcel', { profile: unsubscribed(SECOND) })).toEqual({
      reason: 'not_subscribed',
      effects: [],
    })
  })
})

describe('consent', () => {
  it.each([
    ['SUBSCRIBED', 'first_message'],
    ['UNSUBSCRIBED', 'not_subscribed'],
    ['NEVER_SUBSCRIBED', 'not_subscribed'],
  ] as const)('%s: %s', (consent, reason) => {
    expect(first('where is my parcel', { profile: profile({ consent }) }).reason).toBe(reason)
  })

  it('is not waited for when Klaviyo cannot be read', () => {
    expect(first('where is my parcel', { profile: { kind: 'unverified' } })).toMatchObject({
      reason: 'consent_unverified',
      effects: [{ kind: 'create_ticket' }],
    })
  })

  it('that is missing keeps a solved ticket solved and a closed one without a successor', () => {
    const stranger = facts({ profile: profile({ consent: 'NEVER_SUBSCRIBED' }) })
    const decide = (status: 'solved' | 'closed') =>
      onCustomerMessage(conversation(status), message('and my refund?'), stranger, policy)
    expect([decide('solved'), decide('closed')]).toEqual([
      { reason: 'not_subscribed', effects: [] },
      { reason: 'not_subscribed', effects: [] },
    ])
  })
})

describe('the hold of a text that could be a keyword', () => {
  const hold = (status: Parameters<typeof conversation>[0], body: string, keywordHoldMs = 8_000) =>
    keywordHoldUntil(conversation(status), message(body), { ...policy, keywordHoldMs })

  it.each(['Blue', 'YES', 'please cancel my order'])('ends eight seconds after %s', (body) => {
    expect(hold('none', body)).toBe(NOON + 8_000)
  })

  it.each([0, 1, 120_000])('is as long as the policy says: %d ms', (ms) => {
    expect(hold('none', 'Blue', ms)).toBe(NOON + ms)
  })

  it.each(['solved', 'closed'] as const)('holds for a %s ticket too', (status) => {
    expect(hold(status, 'Blue')).toBe(NOON + 8_000)
  })

  it.each(['new', 'open', 'pending', 'hold', null] as const)(
    'never holds what an active ticket takes anyway (status: %s)',
    (status) => {
      expect(hold(status, 'Blue')).toBeNull()
    },
  )

  it.each(['STOP', 'JOIN', 'SIZE', 'HELP', 'where is my parcel', 'OK', ''])(
    'never holds %j, about which nothing is open',
    (body) => {
      expect(hold('none', body)).toBeNull()
    },
  )
})

describe('a sentence with an opt-out word in it', () => {
  it('is not lost when its writer subscribes right after', () => {
    expect(first('please cancel my order', consented('given', SECOND)).reason).toBe('first_message')
  })
})

describe('a word that a keyword follows', () => {
  it('is not held to be what changed the consent: the keyword was', () => {
    const changes = { ...consented('given', 3 * SECOND), nextKeywordAt: instant(NOON + 2 * SECOND) }
    expect(first('Refund', changes).reason).toBe('first_message')
  })

  it('is, when the consent changed before that keyword came', () => {
    const changes = { ...consented('given', SECOND), nextKeywordAt: instant(NOON + 2 * SECOND) }
    expect(first('Refund', changes).reason).toBe('keyword_changed_consent')
  })
})

describe('a request that its writer follows with STOP', () => {
  it.each(['please cancel my order', 'Refund'])('%s is not lost: they were subscribed', (body) => {
    const changes = { profile: unsubscribed(3 * SECOND), nextKeywordAt: later(2 * SECOND) }
    expect(first(body, { ...changes, ...consented('withdrawn', 3 * SECOND) })).toMatchObject({
      reason: 'opted_out_by_request',
      effects: [{ kind: 'create_ticket', body }, { kind: 'add_note' }],
    })
  })
})
