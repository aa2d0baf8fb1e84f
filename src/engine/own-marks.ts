import type { ConversationId, EffectId } from '../kernel/ids.ts'

/** The marks our writes carry, so that they are known again when they come back as events. */

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const EXTERNAL_ID = new RegExp(`^replyline:(${UUID}):(${UUID})$`)

/** The `external_id` of a ticket that we make. A hint: anyone may write one. */
export function ticketExternalId(conversationId: ConversationId, effectId: EffectId): string {
  return `replyline:${conversationId}:${effectId}`
}

export function parseTicketExternalId(
  externalId: string | null,
): { conversationId: ConversationId; effectId: EffectId } | null {
  const match = EXTERNAL_ID.exec(externalId ?? '')
  if (match === null) return null
  return { conversationId: match[1] as ConversationId, effectId: match[2] as EffectId }
}

/** Kept by Zendesk on the audit, and shown on the comment, as `metadata.custom`. */
export function commentMark(effectId: EffectId): {
  readonly replyline: { readonly effect: string }
} {
  return { replyline: { effect: effectId } }
}

/** The effect that a comment's metadata names; null when the comment is none of ours. */
export function parseCommentMark(custom: Readonly<Record<string, unknown>>): string | null {
  const mark = custom.replyline
  if (typeof mark !== 'object' || mark === null) return null
  const { effect } = mark as { effect?: unknown }
  return typeof effect === 'string' ? effect : null
}
