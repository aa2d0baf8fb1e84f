import { sameText } from '../conversations/comment-text.ts'
import type { AddComment, AddNote, CreateTicket } from '../conversations/effects.ts'
import type { TicketId, ZendeskUserId } from '../kernel/ids.ts'
import { SECOND } from '../kernel/instant.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { escapeCommentHtml } from '../zendesk/comment-html.ts'
import { isClosedTicket, isIdempotencyInProgress, isNotFound } from '../zendesk/refusal.ts'
import type { WrittenTicket } from '../zendesk/tickets.ts'
import type { BridgeContext } from './bridge-context.ts'
import { lookForComment } from './look-for-comment.ts'
import { type EffectOutcome, outcomeOfProblem } from './outcome.ts'
import { commentMark, ticketExternalId } from './own-marks.ts'
import type { Try } from './try.ts'

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
      ...(effect.isNote ? {} : { submitterId: requesterId }),
      ...(effect.brandId === null ? {} : { brandId: effect.brandId }),
      tags: effect.tags,
      externalId,
      comment: { htmlBody: escapeCommentHtml(effect.body), public: !effect.isNote },
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
    ...(effect.reopens ? { status: 'open' } : {}),
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
    return { kind: 'refused', refusal: 'ticket_closed', id: ticketId }
  if (isNotFound(updated.problem)) return { kind: 'refused', refusal: 'ticket_gone', id: ticketId }
  return (
    (await whyByTicket(bridge, ticketId, updated.problem)) ??
    outcomeOfProblem(updated.problem, 'Zendesk', row.attemptCount, jitter)
  )
}

/** A refusal whose words say nothing may be because of the ticket's state: then the ticket itself tells. */
async function whyByTicket(
  { zendesk }: BridgeContext,
  id: TicketId,
  problem: ApiProblem,
): Promise<EffectOutcome | null> {
  if (problem.kind !== 'refused' || (problem.status !== 422 && problem.status !== 404)) return null
  const ticket = await zendesk.tickets.show(id)
  if (ticket.ok && ticket.value.status === 'closed')
    return { kind: 'refused', refusal: 'ticket_closed', id }
  const isGone = !ticket.ok && isNotFound(ticket.problem)
  return isGone ? { kind: 'refused', refusal: 'ticket_gone', id } : null
}

function written({ ticket, commentId }: WrittenTicket): EffectOutcome {
  return { kind: 'done', result: { ticketId: ticket.id, commentId }, ticket }
}
