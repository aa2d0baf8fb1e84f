import fc from 'fast-check'
import type { Conversation, Policy, TicketStatus } from '../../src/conversations/conversation.ts'
import type { CustomerFacts, ProfileFacts } from '../../src/conversations/customer-facts.ts'
import type { CommentAdded, CustomerMessageReceived } from '../../src/conversations/events.ts'
import type { CommentFacts } from '../../src/conversations/on-comment.ts'
import type { Brand } from '../../src/kernel/brand.ts'
import type { TicketId, ZendeskBrandId, ZendeskUserId } from '../../src/kernel/ids.ts'
import { instant } from '../../src/kernel/instant.ts'

/** A branded id for a test; only parsers may make one elsewhere. */
export function id<Name extends string>(text: string): Brand<string, Name> {
  return text as Brand<string, Name>
}

/** The moment a test's customer texts; everything else is told relative to it. */
export const NOON = instant(Date.UTC(2026, 2, 14, 12))
export const TICKET = id<'TicketId'>('35436') satisfies TicketId
export const CUSTOMER = id<'ZendeskUserId'>('9001') satisfies ZendeskUserId
export const NORDLYS = id<'ZendeskBrandId'>('11') satisfies ZendeskBrandId
export const FJELL = id<'ZendeskBrandId'>('22') satisfies ZendeskBrandId

export const policy: Policy = {
  smsEnabled: true,
  brandId: NORDLYS,
  tags: ['replyline'],
  routes: [{ number: '+14155550101', brandId: FJELL, tags: ['fjell'] }],
  subscribeKeywords: ['JOIN'],
  automationKeywords: ['SIZE'],
  keywordHoldMs: 8_000,
}

/** A conversation whose current ticket has this status; without a ticket when it is `none`. */
export function conversation(
  status: TicketStatus | null | 'none',
  changes: Partial<Conversation> = {},
): Conversation {
  return {
    id: id('conv-1'),
    channel: 'sms',
    profileId: id('profile-1'),
    klaviyoConversationId: id('kc-1'),
    ticket: status === 'none' ? null : { id: TICKET, status },
    ...changes,
  }
}

export function message(
  body: string,
  changes: Partial<CustomerMessageReceived> = {},
): CustomerMessageReceived {
  return {
    kind: 'customer_message_received',
    messageId: id('msg-9'),
    channel: 'sms',
    body,
    customerNumber: '+14155550142',
    brandNumber: '+14155550100',
    profileId: id('profile-1'),
    at: NOON,
    ...changes,
  }
}

/** A subscribed profile, as far as nothing else is said. */
export function profile(changes: Partial<ProfileFacts> = {}): CustomerFacts['profile'] {
  return {
    kind: 'known',
    facts: {
      firstName: 'Ada',
      lastName: 'Nilsen',
      email: 'ada@example.com',
      consent: 'SUBSCRIBED',
      consentAt: null,
      ...changes,
    },
  }
}

/** A subscriber whose Zendesk user is known and whom nothing else has happened to. */
export function facts(changes: Partial<CustomerFacts> = {}): CustomerFacts {
  return {
    profile: profile(),
    lastConsent: null,
    flowMessageAt: null,
    nextKeywordAt: null,
    zendeskUserId: CUSTOMER,
    ...changes,
  }
}

/** An agent's public comment on the conversation's ticket. */
export function commentAdded(changes: Partial<CommentAdded> = {}): CommentAdded {
  return {
    kind: 'comment_added',
    ticketId: TICKET,
    commentId: id('700'),
    body: 'It left the depot this morning.',
    isPublic: true,
    authorIsStaff: true,
    requesterId: null,
    at: NOON,
    ...changes,
  }
}

/** The comment as Zendesk holds it. */
export function heldComment(
  changes: Partial<NonNullable<CommentFacts['comment']>> = {},
): NonNullable<CommentFacts['comment']> {
  return {
    text: 'It left the depot this morning.',
    isPublic: true,
    authorIsStaff: true,
    viaChannel: 'web',
    ...changes,
  }
}

export function commentFacts(changes: Partial<CommentFacts> = {}): CommentFacts {
  return {
    comment: heldComment(),
    isUnverified: false,
    isEcho: false,
    isLate: false,
    recipient: { kind: 'known', profileId: id('profile-1'), klaviyoConversationId: id('kc-1') },
    ...changes,
  }
}

/** Any UTF-16, halves of surrogate pairs and NUL included. */
export const anyUtf16 = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }),
      fc.constantFrom(0, 0x20, 0x22, 0x5c, 0xd83d, 0xde00, 0xfffd),
    ),
    { maxLength: 90 },
  )
  .map((units) => String.fromCharCode(...units))

/** Texts that customers write, and texts that nobody would. */
export const anyText = fc.oneof(
  anyUtf16,
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        'STOP',
        'stop',
        'cancel',
        'JOIN',
        'YES',
        'HELP',
        'my',
        'order',
        ' ',
        '!',
        '👍',
      ),
      { maxLength: 30 },
    )
    .map((words) => words.join('')),
)
