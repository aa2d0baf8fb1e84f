import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  anyText,
  CUSTOMER,
  commentAdded,
  commentFacts,
  conversation,
  heldComment,
  id,
  message,
  NOON,
  policy,
  profile,
} from '../../test/support/core-builders.ts'
import { instant, MINUTE } from '../kernel/instant.ts'
import type { CustomerFacts } from './customer-facts.ts'
import type { ConversationEffect } from './effects.ts'
import { onComment } from './on-comment.ts'
import { keywordHoldUntil, onCustomerMessage, onTicketRefused } from './on-customer-message.ts'
import { subjectOf, wordsOf } from './ticket-draft.ts'

const anyStatus = fc.constantFrom(
  'none',
  'new',
  'open',
  'pending',
  'hold',
  'solved',
  'closed',
  null,
)
const activeStatus = fc.constantFrom('new', 'open', 'pending', 'hold', null)
const anyInstant = fc.integer({ min: -5 * MINUTE, max: 5 * MINUTE }).map((ms) => instant(NOON + ms))

const anyFacts: fc.Arbitrary<CustomerFacts> = fc.record({
  profile: fc.oneof(
    fc.constant({ kind: 'unverified' } as const),
    fc.constant({ kind: 'not_needed' } as const),
    fc
      .record({
        consent: fc.constantFrom('SUBSCRIBED', 'UNSUBSCRIBED', 'NEVER_SUBSCRIBED'),
        consentAt: fc.option(anyInstant),
        firstName: fc.option(anyText),
        email: fc.option(fc.constant('ada@example.com')),
      })
      .map(profile),
  ),
  lastConsent: fc.option(fc.record({ to: fc.constantFrom('given', 'withdrawn'), at: anyInstant })),
  flowMessageAt: fc.option(anyInstant),
  nextKeywordAt: fc.option(anyInstant),
  zendeskUserId: fc.option(fc.constant(CUSTOMER)),
})

const anyMessage = fc
  .record({
    body: anyText,
    channel: fc.constantFrom('sms', 'whatsapp'),
    brandNumber: fc.constantFrom('+14155550100', '+14155550101', null),
  })
  .map(({ body, ...changes }) => message(body, changes))

const anyComment = fc.record({
  event: fc
    .record({
      body: anyText,
      isPublic: fc.boolean(),
      authorIsStaff: fc.constantFrom(true, false, null),
    })
    .map(commentAdded),
  facts: fc
    .record({
      isEcho: fc.boolean(),
      comment: fc.option(
        fc
          .record({
            text: anyText,
            isPublic: fc.boolean(),
            authorIsStaff: fc.constantFrom(true, false, null),
            viaChannel: fc.constantFrom('web', 'api', 'email', 'rule', null),
          })
          .map(heldComment),
      ),
      profileId: fc.constantFrom(id<'ProfileId'>('profile-1'), null),
      klaviyoConversationId: fc.constantFrom(id<'KlaviyoConversationId'>('kc-1'), null),
    })
    .map(commentFacts),
})

/** Where an effect expects to find an earlier effect's result, and from which kind. */
function references(effect: ConversationEffect): readonly (readonly [number, string])[] {
  const refs = [
    effect.kind === 'create_ticket' ? ([effect.requester, 'ensure_end_user'] as const) : null,
    effect.kind === 'add_comment' ? ([effect.author, 'ensure_end_user'] as const) : null,
    effect.kind === 'add_note' ? ([effect.ticket, 'create_ticket'] as const) : null,
  ]
  return refs.flatMap((ref) =>
    ref !== null && ref[0].kind === 'from_effect' ? [[ref[0].ordinal, ref[1]] as const] : [],
  )
}

function expectSoundReferences(effects: readonly ConversationEffect[]): void {
  effects.forEach((effect, position) => {
    for (const [ordinal, kind] of references(effect)) {
      expect(ordinal).toBeLessThan(position)
      expect(effects[ordinal]?.kind).toBe(kind)
    }
  })
}

describe('whatever a customer texts', () => {
  it('the same facts lead to the same decision, and to no exception', () => {
    fc.assert(
      fc.property(anyStatus, anyMessage, anyFacts, (status, text, known) => {
        const decide = () => onCustomerMessage(conversation(status), text, known, policy)
        expect(decide()).toEqual(decide())
        const hold = keywordHoldUntil(conversation(status), text, policy)
        expect([null, NOON + policy.keywordHoldMs]).toContain(hold)
      }),
    )
  })

  it('an active ticket gets exactly one comment, with every word of it', () => {
    fc.assert(
      fc.property(activeStatus, anyMessage, anyFacts, (status, text, known) => {
        const { effects } = onCustomerMessage(conversation(status), text, known, policy)
        const comments = effects.filter(({ kind }) => kind === 'add_comment')
        expect(comments).toMatchObject([{ body: wordsOf(text.body) }])
        expect(effects.some(({ kind }) => kind === 'create_ticket')).toBe(false)
      }),
    )
  })

  it('at most one ticket or comment comes of it, and never a text back', () => {
    fc.assert(
      fc.property(anyStatus, anyMessage, anyFacts, (status, text, known) => {
        const kinds = onCustomerMessage(conversation(status), text, known, policy).effects.map(
          ({ kind }) => kind,
        )
        const written = kinds.filter((kind) => kind === 'create_ticket' || kind === 'add_comment')
        expect(written.length).toBeLessThanOrEqual(1)
        expect(kinds).not.toContain('send_text')
      }),
    )
  })

  it('an effect refers only to an earlier one that gives what it needs', () => {
    fc.assert(
      fc.property(anyStatus, anyMessage, anyFacts, (status, text, known) => {
        expectSoundReferences(onCustomerMessage(conversation(status), text, known, policy).effects)
        for (const refusal of ['ticket_closed', 'ticket_gone', 'user_gone'] as const)
          expectSoundReferences(
            onTicketRefused(refusal, conversation(status), text, known, policy).effects,
          )
      }),
    )
  })

  it('the subject has at most sixty characters and an ellipsis, and no half of a pair', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('sms', 'whatsapp'), (body, channel) => {
        const subject = subjectOf(body, channel)
        expect(subject.replace(/…$/, '').length).toBeLessThanOrEqual(60)
        expect(subject).not.toBe('')
        expect(subject.isWellFormed()).toBe(true)
      }),
    )
  })
})

describe('whatever an agent comments', () => {
  it('an echo yields no effect and no word to the agent', () => {
    fc.assert(
      fc.property(anyStatus, anyComment, (status, { event, facts }) => {
        const decision = onComment(conversation(status), event, { ...facts, isEcho: true })
        expect(decision).toEqual({ reason: 'echo', effects: [] })
      }),
    )
  })

  it('nothing that is not public, in the event and in Zendesk, becomes a text', () => {
    fc.assert(
      fc.property(anyStatus, anyComment, (status, { event, facts }) => {
        fc.pre(!event.isPublic || facts.comment?.isPublic === false)
        expect(onComment(conversation(status), event, facts).effects).toEqual([])
      }),
    )
  })

  it('it becomes one text with words in it, or nothing, and never a change in Zendesk', () => {
    fc.assert(
      fc.property(anyStatus, anyComment, (status, { event, facts }) => {
        const decide = () => onComment(conversation(status), event, facts)
        const { effects, reason } = decide()
        expect(decide()).toEqual(decide())
        expect(effects.map(({ kind }) => kind)).toEqual(
          reason === 'reply_sent' ? ['send_text'] : [],
        )
        for (const effect of effects)
          expect(effect.kind === 'send_text' && effect.body.trim()).not.toBe('')
      }),
    )
  })
})
