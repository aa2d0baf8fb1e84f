import { sameText } from '../conversations/comment-text.ts'
import type { AddComment, AddNote, CreateTicket, EnsureEndUser } from '../conversations/effects.ts'
import type { EffectRow } from '../db/records.ts'
import type { TicketId, ZendeskUserId } from '../kernel/ids.ts'
import { SECOND } from '../kernel/instant.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { escapeCommentHtml } from '../zendesk/comment-html.ts'
import {
  isClosedTicket,
  isDuplicateUser,
  isIdempotencyInProgress,
  isNotFound,
} from '../zendesk/refusal.ts'
import type { TicketComment } from '../zendesk/ticket-comment.ts'
import type { WrittenTicket } from '../zendesk/tickets.ts'
import type { ZendeskUser } from '../zendesk/zendesk-user.ts'
import type { BridgeContext } from './bridge-context.ts'
import { type EffectOutcome, outcomeOfProblem } from './outcome.ts'
import { commentMark, parseCommentMark, ticketExternalId } from './own-marks.ts'

/** One try at one effect. `mustLook` when an earlier try may have done the work. */
export type Try<Kind> = {
  readonly row: EffectRow
  readonly effect: Kind
  readonly mustLook: boolean
  readonly jitter: number
}

/**
 * Finds the customer's Zendesk user, or makes one. An e-mail that belongs to staff is never given to
 * a customer: such a customer gets an end user of their own, by phone.
 */
export async function ensureEndUser(
  bridge: BridgeContext,
  { row, effect, jitter }: Try<EnsureEndUser>,
): Promise<EffectOutcome> {
  const { users } = bridge.zendesk
  const failed = (problem: ApiProblem) =>
    outcomeOfProblem(problem, 'Zendesk', row.attemptCount, jitter)
  const known = await users.findByExternalId(effect.externalId)
  if (!known.ok) return failed(known.problem)
  if (isUsable(known.value)) return found(known.value.id)

  const byEmail = effect.email === null ? null : await users.searchByEmail(effect.email)
  if (byEmail !== null && !byEmail.ok) return failed(byEmail.problem)
  const sameEmail = (byEmail?.value ?? []).filter(
    (user) => user.email?.toLowerCase() === effect.email?.toLowerCase(),
  )
  const endUser = sameEmail.find(isUsable)
  if (endUser !== undefined) return found(endUser.id)

  const byPhone = await users.searchByPhone(effect.phone)
  if (!byPhone.ok) return failed(byPhone.problem)
  const samePhone = byPhone.value.find((user) => user.phone === effect.phone && isUsable(user))
  if (samePhone !== undefined) return found(samePhone.id)

  const isStaffEmail = sameEmail.some(({ role }) => role !== 'end-user')
  return createEndUser(
    bridge,
    { row, effect, mustLook: true, jitter },
    isStaffEmail ? null : effect.email,
  )
}

function isUsable(user: ZendeskUser | null): user is ZendeskUser {
  return user !== null && user.role === 'end-user'
}

function found(userId: ZendeskUserId): EffectOutcome {
  return { kind: 'done', result: { userId } }
}

/** An address or number that search did not show yet is taken: then the user is made without the e-mail. */
async function createEndUser(
  bridge: BridgeContext,
  attempt: Try<EnsureEndUser>,
  email: string | null,
): Promise<EffectOutcome> {
  const { effect, row, jitter } = attempt
  const draft = {
    name: effect.name,
    phone: effect.phone,
    externalId: effect.externalId,
    ...(email === null ? {} : { email }),
  }
  const created = await bridge.zendesk.users.create(draft)
  if (created.ok) return found(created.value.id)
  if (isDuplicateUser(created.problem) && email !== null)
    return createEndUser(bridge, attempt, null)
  if (isDuplicateUser(created.problem))
    return {
      kind: 'retry',
      wait: {
        waitMs: 5 * SECOND,
        because: 'Zendesk has this customer already, but its search does not show them yet',
      },
      touched: 'no',
      isCounted: true,
      status: 422,
    }
  return outcomeOfProblem(created.problem, 'Zendesk', row.attemptCount, jitter)
}

/** Makes the ticket once: `Idempotency-Key` for two hours, and before a repeat a look at the requester's own tickets, never through search. */
export async function createTicket(
  bridge: BridgeContext,
  attempt: Try<CreateTicket>,
  requesterId: ZendeskUserId,
): Promise<EffectOutcome> {
  const { row, effect, mustLook, jitter } = attempt
  const externalId = ticketExternalId(effect.conversationId, row.id)
  if (mustLook) {
    const tickets = await bridge.zendesk.tickets.requestedBy(requesterId)
    if (!tickets.ok) return outcomeOfProblem(tickets.problem, 'Zendesk', row.attemptCount, jitter)
    const made = tickets.value.find((ticket) => ticket.externalId === externalId)
    if (made !== undefined) return { kind: 'done', result: { ticketId: made.id }, ticket: made }
  }
  const created = await bridge.zendesk.tickets.create(
    {
      subject: effect.subject,
      requesterId,
      submitterId: requesterId,
      ...(effect.brandId === null ? {} : { brandId: effect.brandId }),
      tags: effect.tags,
      externalId,
      comment: { htmlBody: escapeCommentHtml(effect.body), public: true },
      metadata: commentMark(row.id),
    },
    row.id,
  )
  if (created.ok) return written(created.value)
  if (isIdempotencyInProgress(created.problem))
    return {
      kind: 'retry',
      wait: { waitMs: 2 * SECOND, because: 'Zendesk is still working on the first try' },
      touched: 'maybe',
      isCounted: true,
      status: 409,
    }
  return outcomeOfProblem(created.problem, 'Zendesk', row.attemptCount, jitter)
}

/**
 * Adds the customer's words and opens the ticket in the same call: through the API a comment does not
 * reopen by itself. https://support.zendesk.com/hc/en-us/articles/4408825831962
 */
export async function addComment(
  bridge: BridgeContext,
  attempt: Try<AddComment>,
  authorId: ZendeskUserId,
): Promise<EffectOutcome> {
  const { row, effect } = attempt
  const seen = await lookForComment(
    bridge,
    attempt,
    effect.ticketId,
    (comment) =>
      comment.authorId === authorId &&
      sameText(comment.plainBody || comment.body) === sameText(effect.body),
  )
  if (seen !== null) return seen
  return update(bridge, attempt, effect.ticketId, {
    comment: { htmlBody: escapeCommentHtml(effect.body), public: true, authorId },
    status: 'open',
    metadata: commentMark(row.id),
  })
}

/** Adds an internal note. */
export async function addNote(
  bridge: BridgeContext,
  attempt: Try<AddNote>,
  ticketId: TicketId,
): Promise<EffectOutcome> {
  const { row, effect } = attempt
  const seen = await lookForComment(
    bridge,
    attempt,
    ticketId,
    (comment) =>
      !comment.public && sameText(comment.plainBody || comment.body) === sameText(effect.body),
  )
  if (seen !== null) return seen
  return update(bridge, attempt, ticketId, {
    comment: { htmlBody: escapeCommentHtml(effect.body), public: false },
    addTags: effect.addTags,
    metadata: commentMark(row.id),
  })
}

async function update(
  bridge: BridgeContext,
  { row, jitter }: Try<unknown>,
  ticketId: TicketId,
  change: Parameters<BridgeContext['zendesk']['tickets']['update']>[1],
): Promise<EffectOutcome> {
  const updated = await bridge.zendesk.tickets.update(ticketId, change)
  if (updated.ok) return written(updated.value)
  if (isClosedTicket(updated.problem))
    return { kind: 'refused', refusal: 'ticket_closed', ticketId }
  if (isNotFound(updated.problem)) return { kind: 'refused', refusal: 'ticket_gone', ticketId }
  return outcomeOfProblem(updated.problem, 'Zendesk', row.attemptCount, jitter)
}

function written({ ticket, commentId }: WrittenTicket): EffectOutcome {
  return { kind: 'done', result: { ticketId: ticket.id, commentId }, ticket }
}

/** How far back a comment of an earlier try may be found: nobody writes more in the time of a call. */
const LOOK_BACK = 100

/**
 * The comment an earlier try left, by our mark. That comments show the mark is inferred, so a comment
 * of the same author and words since the first try counts too.
 */
async function lookForComment(
  bridge: BridgeContext,
  { row, mustLook, jitter }: Try<unknown>,
  ticketId: TicketId,
  isAlike: (comment: TicketComment) => boolean,
): Promise<EffectOutcome | null> {
  if (!mustLook) return null
  const read = await bridge.zendesk.tickets.comments(ticketId, LOOK_BACK)
  if (!read.ok)
    return isNotFound(read.problem)
      ? { kind: 'refused', refusal: 'ticket_gone', ticketId }
      : outcomeOfProblem(read.problem, 'Zendesk', row.attemptCount, jitter)
  const since = (row.firstAttemptedAt ?? 0) - 5 * SECOND
  const marked = read.value.find((comment) => parseCommentMark(comment.metadataCustom) === row.id)
  const alike = read.value.find(
    (comment) =>
      parseCommentMark(comment.metadataCustom) === null &&
      (comment.createdAt ?? 0) >= since &&
      isAlike(comment),
  )
  const seen = marked ?? alike
  return seen === undefined ? null : { kind: 'done', result: { ticketId, commentId: seen.id } }
}
