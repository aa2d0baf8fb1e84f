import type { TicketId } from '../kernel/ids.ts'
import { SECOND } from '../kernel/instant.ts'
import { isNotFound } from '../zendesk/refusal.ts'
import type { TicketComment } from '../zendesk/ticket-comment.ts'
import type { BridgeContext } from './bridge-context.ts'
import { type EffectOutcome, outcomeOfProblem } from './outcome.ts'
import { parseCommentMark } from './own-marks.ts'
import type { Try } from './try.ts'

/** How far back a comment of an earlier try may be found: nobody writes more in the time of a call. */
const LOOK_BACK = 100

/**
 * The comment an earlier try left, by our mark. That comments show the mark is inferred, so a comment
 * of the same author and words since the first try counts too.
 */
export async function lookForComment(
  bridge: BridgeContext,
  { row, mustLook, jitter }: Try<unknown>,
  ticketId: TicketId,
  isAlike: (comment: TicketComment) => boolean,
): Promise<EffectOutcome | null> {
  if (!mustLook) return null
  const read = await bridge.zendesk.tickets.comments(ticketId, LOOK_BACK)
  if (!read.ok)
    return isNotFound(read.problem)
      ? { kind: 'refused', refusal: 'ticket_gone', id: ticketId }
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
