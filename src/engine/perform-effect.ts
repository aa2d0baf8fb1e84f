import type { UserRef } from '../conversations/effects.ts'
import type { EffectRow } from '../db/records.ts'
import { assertNever } from '../kernel/brand.ts'
import type { TicketId, ZendeskUserId } from '../kernel/ids.ts'
import type { BridgeContext } from './bridge-context.ts'
import { ensureEndUser } from './ensure-end-user.ts'
import { recordEvent, sendText } from './execute-klaviyo.ts'
import { addComment, addNote, createTicket } from './execute-zendesk.ts'
import type { EffectOutcome } from './outcome.ts'

/** One call, or the few an effect needs, to the effect's own platform. */
export async function perform(
  bridge: BridgeContext,
  rows: readonly EffectRow[],
  row: EffectRow,
  mustLook: boolean,
  jitter: number,
): Promise<EffectOutcome> {
  const { effect } = row
  const base = { row, mustLook, jitter }
  switch (effect.kind) {
    case 'ensure_end_user':
      return ensureEndUser(bridge, { ...base, effect })
    case 'create_ticket':
      return withUser(rows, effect.requester, (userId) =>
        createTicket(bridge, { ...base, effect }, userId),
      )
    case 'add_comment':
      return withUser(rows, effect.author, (userId) =>
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

const EARLIER_FAILED: EffectOutcome = {
  kind: 'gave_up',
  because: 'an earlier effect that this one needs was given up',
  status: null,
}

async function withUser(
  rows: readonly EffectRow[],
  ref: UserRef,
  act: (userId: ZendeskUserId) => Promise<EffectOutcome>,
): Promise<EffectOutcome> {
  const userId = ref.kind === 'known' ? ref.userId : resultOf(rows, ref.ordinal)?.userId
  return userId === undefined ? EARLIER_FAILED : act(userId)
}

function resultOf(rows: readonly EffectRow[], ordinal: number): EffectRow['result'] {
  return rows.find((row) => row.ordinal === ordinal)?.result ?? null
}
