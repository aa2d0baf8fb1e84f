import type { TicketId } from '../kernel/ids.ts'
import type { Conversation, Policy } from './conversation.ts'
import type { CustomerFacts } from './customer-facts.ts'
import type {
  AddComment,
  AddNote,
  ConversationEffect,
  CreateTicket,
  Decision,
  EnsureEndUser,
  UserRef,
} from './effects.ts'
import type { CustomerMessageReceived } from './events.ts'
import {
  OPTED_OUT_NOTE,
  previousTicketNote,
  requesterName,
  subjectOf,
  wordsOf,
} from './ticket-draft.ts'

/** Makes a ticket, after its requester, and names the closed one it follows in a note. */
export function newTicket(
  conversation: Conversation,
  message: CustomerMessageReceived,
  facts: CustomerFacts,
  policy: Policy,
  previousTicketId: TicketId | null,
): readonly ConversationEffect[] {
  const { userEffects, user } = requester(message, facts)
  const route = policy.routes.find(({ number }) => number === message.brandNumber)
  const create: CreateTicket = {
    kind: 'create_ticket',
    conversationId: conversation.id,
    requester: user,
    subject: subjectOf(message.body, message.channel),
    body: wordsOf(message.body),
    tags: [...new Set([message.channel, ...policy.tags, ...(route?.tags ?? [])])],
    brandId: route?.brandId ?? policy.brandId,
    isNote: false,
  }
  if (previousTicketId === null) return [...userEffects, create]
  return [...userEffects, create, noteOn(userEffects.length, previousTicketNote(previousTicketId))]
}

/** Adds the text to a ticket as the customer's own comment. */
export function comment(
  conversation: Conversation,
  message: CustomerMessageReceived,
  ticketId: TicketId,
  facts: CustomerFacts,
): readonly ConversationEffect[] {
  const { userEffects, user } = requester(message, facts)
  const add: AddComment = {
    kind: 'add_comment',
    conversationId: conversation.id,
    ticketId,
    author: user,
    body: wordsOf(message.body),
  }
  return [...userEffects, add]
}

/** The customer's Zendesk user: known, or made first. A staff member's e-mail is left to the executor. */
function requester(
  message: CustomerMessageReceived,
  facts: CustomerFacts,
): { userEffects: readonly EnsureEndUser[]; user: UserRef } {
  if (facts.zendeskUserId !== null)
    return { userEffects: [], user: { kind: 'known', userId: facts.zendeskUserId } }
  const profile = facts.profile.kind === 'known' ? facts.profile.facts : null
  const ensure: EnsureEndUser = {
    kind: 'ensure_end_user',
    name: requesterName(profile, message.customerNumber),
    phone: message.customerNumber,
    email: profile?.email ?? null,
    externalId: `klaviyo:${message.profileId}`,
  }
  return { userEffects: [ensure], user: { kind: 'from_effect', ordinal: 0 } }
}

function noteOn(ordinal: number, body: string): AddNote {
  return {
    kind: 'add_note',
    ticket: { kind: 'from_effect', ordinal },
    body,
    addTags: [],
    reopens: false,
  }
}

/** Says on the ticket that the very text it holds opted its writer out. */
export function withOptOutNote(
  decision: Decision<ConversationEffect>,
): Decision<ConversationEffect> {
  const { effects } = decision
  const comment = effects.find(({ kind }) => kind === 'add_comment')
  const made = effects.findIndex(({ kind }) => kind === 'create_ticket')
  const note = noteOn(made, OPTED_OUT_NOTE)
  const added = comment?.kind === 'add_comment' ? noteOnKnown(note, comment.ticketId) : note
  return { reason: 'opted_out_by_request', effects: [...effects, added] }
}

function noteOnKnown(note: AddNote, ticketId: TicketId): AddNote {
  return { ...note, ticket: { kind: 'known', ticketId } }
}
