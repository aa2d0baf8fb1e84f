import type { CommentAdded } from '../../conversations/events.ts'
import { type CommentFacts, onComment } from '../../conversations/on-comment.ts'
import { findConversationOfTicket, lockConversation } from '../../db/conversation-store.ts'
import { isOwnComment } from '../../db/ledger.ts'
import type { ConversationRow, WorkItem } from '../../db/records.ts'
import type { KlaviyoConversationId } from '../../kernel/ids.ts'
import { SECOND } from '../../kernel/instant.ts'
import { err, ok, type Result } from '../../kernel/result.ts'
import { commentPlainText } from '../../zendesk/comment-plain-text.ts'
import type { TicketComment } from '../../zendesk/ticket-comment.ts'
import { parseZendeskEvent } from '../../zendesk/webhook/parse.ts'
import type { BridgeContext } from '../bridge-context.ts'
import type { EngineDeps } from '../engine-deps.ts'
import { parseCommentMark } from '../own-marks.ts'
import { type Wait, waitAfter } from '../retry.ts'
import { toCommentAdded } from '../translate-zendesk.ts'
import type { Concern } from './concern.ts'

/** How long an answer may wait for Zendesk to be readable before it goes on with the event alone. */
const PATIENCE_MS = 30 * SECOND
/** How far back a comment is looked for; more than one event can be late. */
const LOOK_BACK = 50

const NOT_READ: CommentFacts = {
  comment: null,
  isEcho: false,
  profileId: null,
  klaviyoConversationId: null,
}

/** A comment on a ticket, toward the customer's phone. */
export const comment: Concern<CommentFacts> = {
  async gather(deps, bridge, item) {
    const event = eventOf(item)
    const conversation = await findConversationOfTicket(deps.db, item.bridgeId, event.ticketId)
    if (conversation === null || !event.isPublic || event.authorIsStaff === false)
      return ok(NOT_READ)
    if (await isOwnComment(deps.db, item.bridgeId, event.ticketId, event.commentId))
      return ok({ ...NOT_READ, isEcho: true })
    const read = await readComment(deps, bridge, item, event)
    if (!read.ok) return read
    const found = await findKlaviyoConversation(deps, bridge, conversation, item)
    if (!found.ok) return found
    return ok({
      ...read.value,
      profileId: conversation.profileId,
      klaviyoConversationId: found.value,
    })
  },

  async decide(_deps, tx, _bridge, item, facts) {
    const event = eventOf(item)
    const conversation = await findConversationOfTicket(tx, item.bridgeId, event.ticketId)
    if (conversation !== null) await lockConversation(tx, conversation.id)
    const isEcho =
      facts.isEcho || (await isOwnComment(tx, item.bridgeId, event.ticketId, event.commentId))
    return {
      decision: onComment(conversation, event, { ...facts, isEcho }),
      conversationId: conversation?.id ?? null,
    }
  },
}

function eventOf(item: WorkItem): CommentAdded {
  return toCommentAdded(parseZendeskEvent(item.event.payload))
}

/** The webhook's body says neither how the comment came nor who else marked it; Zendesk's own record does. */
async function readComment(
  deps: EngineDeps,
  bridge: BridgeContext,
  item: WorkItem,
  event: CommentAdded,
): Promise<Result<Pick<CommentFacts, 'comment' | 'isEcho'>, Wait>> {
  const read = await bridge.zendesk.tickets.comments(event.ticketId, LOOK_BACK)
  if (read.ok) return ok(toFacts(read.value.find(({ id }) => id === event.commentId)))
  const waitedMs = deps.clock.now() - item.createdAt
  if (read.problem.kind === 'refused' || waitedMs > PATIENCE_MS)
    return ok({ comment: null, isEcho: false })
  return err(waitAfter(read.problem, 'Zendesk', Math.floor(waitedMs / (5 * SECOND)), deps.jitter()))
}

function toFacts(comment: TicketComment | undefined): Pick<CommentFacts, 'comment' | 'isEcho'> {
  if (comment === undefined) return { comment: null, isEcho: false }
  return {
    isEcho: parseCommentMark(comment.metadataCustom) !== null,
    comment: {
      text: commentPlainText(comment),
      isPublic: comment.public,
      authorIsStaff: comment.author === null ? null : comment.author.role !== 'end-user',
      viaChannel: comment.viaChannel,
    },
  }
}

/** Cached for ever once known; asked of Klaviyo before the first answer. */
async function findKlaviyoConversation(
  deps: EngineDeps,
  bridge: BridgeContext,
  conversation: ConversationRow,
  item: WorkItem,
): Promise<Result<KlaviyoConversationId | null, Wait>> {
  if (conversation.klaviyoConversationId !== null || conversation.profileId === null)
    return ok(conversation.klaviyoConversationId)
  const read = await bridge.klaviyo.profiles.get(conversation.profileId)
  if (read.ok)
    return ok(
      read.value.conversations.find(({ channel }) => channel === conversation.channel)?.id ?? null,
    )
  if (read.problem.kind === 'refused') return ok(null)
  return err(
    waitAfter(
      read.problem,
      'Klaviyo',
      Math.floor((deps.clock.now() - item.createdAt) / (5 * SECOND)),
      deps.jitter(),
    ),
  )
}
