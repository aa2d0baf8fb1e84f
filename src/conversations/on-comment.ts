import type { KlaviyoConversationId, ProfileId } from '../kernel/ids.ts'
import { HOUR } from '../kernel/instant.ts'
import { commentText } from './comment-text.ts'
import type { Conversation } from './conversation.ts'
import type { ConversationEffect, Decision } from './effects.ts'
import type { CommentAdded } from './events.ts'
import type { Reason } from './reasons.ts'

/** What is gathered before a comment is decided on. */
export type CommentFacts = {
  /** The comment as Zendesk holds it, as plain text; null when it was not or could not be read and the event must do. */
  readonly comment: {
    readonly text: string
    readonly isPublic: boolean
    /** Null when Zendesk did not show the author; then the event's word counts. */
    readonly authorIsStaff: boolean | null
    readonly viaChannel: string | null
  } | null
  /** Zendesk could not be asked about the comment, so how it came is not known. */
  readonly isUnverified: boolean
  /** Our ledger or our mark names this comment. */
  readonly isEcho: boolean
  /** Whether it is decided on so long after it was written that the answer may be wrong by now. */
  readonly isLate: boolean
  readonly recipient:
    | {
        readonly kind: 'known'
        readonly klaviyoConversationId: KlaviyoConversationId
        readonly profileId: ProfileId
      }
    /** Klaviyo holds no conversation with this customer on this channel. */
    | { readonly kind: 'none' }
    /** The key may not read conversations. */
    | { readonly kind: 'not_permitted' }
    /** The ticket now belongs to somebody else than the person who texted. */
    | { readonly kind: 'requester_changed' }
}

/** A reply is told back to its agent instead of sent when it could not go for this long. */
export const REPLY_LIFE_MS = 4 * HOUR

/** Comments that came these ways are e-mail, were written by a rule, or belong to a chat of its own. */
const EMAIL = ['email', 'mail']
const CHATS = ['native_messaging', 'messaging', 'chat', 'any_channel']
const RULES = ['rule', 'automation', 'trigger', 'system']

const WHY_NO_RECIPIENT = {
  none: 'Klaviyo holds no text conversation with this customer; they have to write first',
  not_permitted:
    'the Klaviyo key may not read conversations; it needs the scope conversations:read',
  requester_changed: 'the requester of the ticket is no longer the person who texted',
} as const

/**
 * Decides whether a comment becomes a text. Echoes are known by ledger and mark, never by who wrote
 * them: the person whose credentials the bridge uses answers tickets too.
 */
export function onComment(
  conversation: Conversation | null,
  event: CommentAdded,
  facts: CommentFacts,
): Decision<ConversationEffect> {
  if (conversation === null) return { reason: 'not_our_ticket', effects: [] }
  const refusal = whyNotSent(event, facts)
  if (refusal !== null) return { reason: refusal, effects: [] }

  const body = facts.comment === null ? commentText(event.body) : facts.comment.text.trim()
  if (body === '') return { reason: 'empty_comment', effects: [] }
  if (facts.isLate) {
    const why =
      'it was written more than 4 hours before it could go out; write it again if it still holds'
    return { reason: 'reply_too_late', effects: [], tell: { outcome: 'refused', why } }
  }
  const { recipient } = facts
  if (recipient.kind !== 'known') {
    const why = WHY_NO_RECIPIENT[recipient.kind]
    const isOther = recipient.kind === 'requester_changed'
    const reason = isOther ? 'requester_changed' : 'no_text_conversation'
    return { reason, effects: [], tell: { outcome: 'refused', why } }
  }
  const { klaviyoConversationId, profileId } = recipient
  const { ticketId, commentId } = event
  const text = { conversationId: conversation.id, klaviyoConversationId, profileId }
  return {
    reason: facts.isUnverified ? 'reply_sent_unverified' : 'reply_sent',
    effects: [{ kind: 'send_text', ...text, ticketId, commentId, body }],
  }
}

/** Why a comment stays in Zendesk, or null. */
function whyNotSent(event: CommentAdded, { comment, isEcho }: CommentFacts): Reason | null {
  if (isEcho) return 'echo'
  if (!event.isPublic || comment?.isPublic === false) return 'internal_note'
  if (!(comment?.authorIsStaff ?? event.authorIsStaff ?? false)) return 'author_is_not_staff'
  const via = comment?.viaChannel ?? ''
  if (EMAIL.includes(via)) return 'came_by_email'
  if (CHATS.includes(via)) return 'came_by_chat'
  return RULES.includes(via) ? 'written_by_rule' : null
}
