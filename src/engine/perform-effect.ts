import type { UserRef } from '../conversations/effects.ts'
import type { Effect, EffectRow } from '../db/records.ts'
import { assertNever } from '../kernel/brand.ts'
import type { TicketId, ZendeskUserId } from '../kernel/ids.ts'
import { isNotFound } from '../zendesk/refusal.ts'
import type { BridgeContext } from './bridge-context.ts'
import { ensureEndUser } from './ensure-end-user.ts'
import { recordEvent, sendText } from './execute-klaviyo.ts'
import { addComment, addNote, createTicket } from './execute-zendesk.ts'
import { EARLIER_FAILED, type EffectOutcome } from './outcome.ts'
import type { Try } from './try.ts'

/** One call, or the few an effect needs, to the effect's own platform. */
export async function perform(
  bridge: BridgeContext,
  rows: readonly EffectRow[],
  base: Omit<Try<Effect>, 'effect'>,
): Promise<EffectOutcome> {
  const { effect } = base.row
  switch (effect.kind) {
    case 'ensure_end_user':
      return ensureEndUser(bridge, { ...base, effect })
    case 'create_ticket':
      return withUser(bridge, rows, effect.requester, (userId) =>
        createTicket(bridge, { ...base, effect }, userId),
      )
    case 'add_comment':
      return withUser(bridge, rows, effect.author, (userId) =>
        addComment(bridge, { ...base, effect }, userId),
      )
    case 'add_note': {
      const ticketId =
        effect.ticket.kind === 'known'
          ? effect.ticket.ticketId
          : resultOf(rows, effect.ticket.ordinal)?.ticketId
      return ticketId === undefined
        ? EARLIER_FAILED
        : addNote(bridge, { ...base, effect }, ticketId as TicketId)
    }
    case 'send_text':
      return sendText(bridge, { ...base, effect })
    case 'record_event':
      return recordEvent(bridge, { ...base, effect })
    default:
      return assertNever(effect)
  }
}

/** Acts as the customer's user. When that is refused, a known user may have been removed meanwhile. */
async function withUser(
  bridge: BridgeContext,
  rows: readonly EffectRow[],
  ref: UserRef,
  act: (userId: ZendeskUserId) => Promise<EffectOutcome>,
): Promise<EffectOutcome> {
  const userId = ref.kind === 'known' ? ref.userId : resultOf(rows, ref.ordinal)?.userId
  if (userId === undefined) return EARLIER_FAILED
  const outcome = await act(userId)
  const mayBeGone = outcome.kind === 'gave_up' && outcome.status === 422 && ref.kind === 'known'
  if (!mayBeGone) return outcome
  const user = await bridge.zendesk.users.show(userId)
  const isGone = user.ok ? !user.value.active : isNotFound(user.problem)
  return isGone ? { kind: 'refused', refusal: 'user_gone', id: userId } : outcome
}

function resultOf(rows: readonly EffectRow[], ordinal: number): EffectRow['result'] {
  return rows.find((row) => row.ordinal === ordinal)?.result ?? null
}
