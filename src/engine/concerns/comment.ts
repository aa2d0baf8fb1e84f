import type { CommentAdded } from '../../conversations/events.ts'
import { type CommentFacts, onComment, REPLY_LIFE_MS } from '../../conversations/on-comment.ts'
import { findConversationOfTicket, lockConversation } from '../../db/conversation-store.ts'
import { findZendeskUser } from '../../db/customer-store.ts'
import { isWriting } from '../../db/effect-store.ts'
import { isOwnComment } from '../../db/ledger.ts'
import type { ConversationRow, WorkItem } from '../../db/records.ts'
import { err, ok, type Result } from '../../kernel/result.ts'
import type { Profile } from '../../klaviyo/profile.ts'
import { isNotFound, isPermissionDenied } from '../../klaviyo/refusal.ts'
import type { ApiProblem } from '../../outbound/api-problem.ts'
import { commentPlainText } from '../../zendesk/comment-plain-text.ts'
import { isNotFound as isUserGone } from '../../zendesk/refusal.ts'
import type { TicketComment } from '../../zendesk/ticket-comment.ts'
import { parseZendeskEvent } from '../../zendesk/webhook/parse.ts'
import { parseCommentMark } from '../own-marks.ts'
import type { Wait } from '../retry.ts'
import type { Run } from '../run.ts'
import { toCommentAdded } from '../translate-zendesk.ts'
import type { Concern } from './concern.ts'
import { gatherWait, isOutOfPatience } from './gather-wait.ts'

/** How far back a comment is looked for; more than one event can be late. */
const LOOK_BACK = 50

const NOT_READ: CommentFacts = {
  comment: null,
  isUnverified: false,
  isEcho: false,
  isLate: false,
  recipient: { kind: 'none' },
}

/** A comment on a ticket, toward the customer's phone. */
export const comment: Concern<CommentFacts> = {
  async gather(run) {
    const { deps, item } = run
    const event = eventOf(item)
    const conversation = await findConversationOfTicket(deps.db, item.bridgeId, event.ticketId)
    if (conversation === null || !event.isPublic) return ok(NOT_READ)
    if (event.authorIsStaff === false) return whoseComment(run, conversation, event)
    if (await isOwnComment(deps.db, item.bridgeId, event.ticketId, event.commentId))
      return ok({ ...NOT_READ, isEcho: true })
    const read = await readComment(run, event)
    if (!read.ok) return read
    const isOther = await isOtherRequester(run, conversation, event)
    if (!isOther.ok) return isOther
    if (isOther.value)
      return ok({ ...NOT_READ, ...read.value, recipient: { kind: 'requester_changed' } })
    const recipient = await findRecipient(run, conversation)
    return recipient.ok ? ok({ ...NOT_READ, ...read.value, recipient: recipient.value }) : recipient
  },

  async decide({ deps, item }, tx, facts) {
    const event = eventOf(item)
    const { ticketId, commentId, body } = event
    const conversation = await findConversationOfTicket(tx, item.bridgeId, ticketId)
    if (conversation !== null) await lockConversation(tx, conversation.id)
    const isEcho = facts.isEcho || (await isOwnComment(tx, item.bridgeId, ticketId, commentId))
    const isLate = deps.clock.now() - event.at > REPLY_LIFE_MS
    const decision = onComment(conversation, event, { ...facts, isEcho, isLate })
    const conversationId = conversation?.id ?? null
    return { decision, conversationId, about: { ticketId, body } }
  },
}

function eventOf(item: WorkItem): CommentAdded {
  return toCommentAdded(parseZendeskEvent(item.event.payload))
}

/**
 * A customer's comment is mostly our own write come back, at times before the call's answer is written
 * down: then it is waited for, so that what is said of the comment is true.
 */
async function whoseComment(
  { deps, item }: Run,
  conversation: ConversationRow,
  { ticketId, commentId }: CommentAdded,
): Promise<Result<CommentFacts, Wait>> {
  if (await isOwnComment(deps.db, item.bridgeId, ticketId, commentId))
    return ok({ ...NOT_READ, isEcho: true })
  return (await isWriting(deps.db, conversation.id))
    ? err({ waitMs: OWN_WRITE_MS, because: 'a write of our own to this ticket is under way' })
    : ok(NOT_READ)
}

/** Long enough for a call that is under way to end. */
const OWN_WRITE_MS = 500

type ReadFacts = Pick<CommentFacts, 'comment' | 'isUnverified' | 'isEcho'>

/** The webhook's body says neither how the comment came nor who else marked it; Zendesk's own record does. */
async function readComment(run: Run, event: CommentAdded): Promise<Result<ReadFacts, Wait>> {
  const read = await run.bridge.zendesk.tickets.comments(event.ticketId, LOOK_BACK)
  if (read.ok) return ok(toFacts(read.value.find(({ id }) => id === event.commentId)))
  if (read.problem.kind === 'refused' || isOutOfPatience(run)) return ok(UNVERIFIED)
  return err(gatherWait(run, read.problem, 'Zendesk'))
}

const UNVERIFIED: ReadFacts = { comment: null, isUnverified: true, isEcho: false }

function toFacts(comment: TicketComment | undefined): ReadFacts {
  if (comment === undefined) return UNVERIFIED
  return {
    isEcho: parseCommentMark(comment.metadataCustom) !== null,
    isUnverified: false,
    comment: {
      text: commentPlainText(comment),
      isPublic: comment.public,
      authorIsStaff: comment.author === null ? null : comment.author.role !== 'end-user',
      viaChannel: comment.viaChannel,
    },
  }
}

/**
 * Only the person who texted may get the answer. Another requester can be the same person: two users
 * of one person are merged, and the one we knew is gone. Then the answer may go.
 */
async function isOtherRequester(
  run: Run,
  conversation: ConversationRow,
  { requesterId }: CommentAdded,
): Promise<Result<boolean, Wait>> {
  const knownId = await findZendeskUser(run.deps.db, conversation.customerId)
  if (requesterId === null || knownId === null || requesterId === knownId) return ok(false)
  const read = await run.bridge.zendesk.users.show(knownId)
  if (read.ok) return ok(read.value.active)
  if (isUserGone(read.problem)) return ok(false)
  return read.problem.kind === 'refused' || isOutOfPatience(run)
    ? ok(true)
    : err(gatherWait(run, read.problem, 'Zendesk'))
}

/** Cached once known; asked of Klaviyo before the first answer, and again when a send found it gone. */
async function findRecipient(
  run: Run,
  conversation: ConversationRow,
): Promise<Result<CommentFacts['recipient'], Wait>> {
  const { klaviyoConversationId, profileId, customerNumber } = conversation
  if (profileId === null) return ok({ kind: 'none' })
  if (klaviyoConversationId !== null) return ok({ kind: 'known', klaviyoConversationId, profileId })
  const { profiles } = run.bridge.klaviyo
  const read = await profiles.get(profileId)
  if (read.ok) return ok(toRecipient(read.value, conversation))
  if (!isNotFound(read.problem) || customerNumber === null) return noRecipient(run, read.problem)
  const found = await profiles.findByPhone(customerNumber)
  return found.ok ? ok(toRecipient(found.value, conversation)) : noRecipient(run, found.problem)
}

function toRecipient(
  profile: Profile | null,
  conversation: ConversationRow,
): CommentFacts['recipient'] {
  const found = profile?.conversations.find(({ channel }) => channel === conversation.channel)
  if (profile === null || found === undefined) return { kind: 'none' }
  return { kind: 'known', klaviyoConversationId: found.id, profileId: profile.id }
}

function noRecipient(run: Run, problem: ApiProblem): Result<CommentFacts['recipient'], Wait> {
  if (problem.kind !== 'refused') return err(gatherWait(run, problem, 'Klaviyo'))
  return ok({ kind: isPermissionDenied(problem) ? 'not_permitted' : 'none' })
}
