import { toWireTime } from '../api/wire.ts'
import type { ZendeskParts } from '../emulator.ts'
import type { Comment, TicketRecord } from '../entities/tickets.ts'
import { isStaff, type ZendeskStore } from '../store.ts'

/** Our choice: what the account's policy promises for the next reply. */
const TARGET_MS = 4 * 3_600_000
const MINUTE_MS = 60_000

/**
 * What `include=slas` shows: when the next reply is due. Zendesk counts by who updated the ticket;
 * whether a customer's comment that an API user wrote starts the clock is the switch `reply_sla`.
 * https://developer.zendesk.com/documentation/ticketing/using-the-zendesk-api/side_loading/
 */
export function replySla({ store, world, doubts }: ZendeskParts, record: TicketRecord) {
  const reading = doubts.replySla()
  const since = reading === 'off' ? null : waitingSince(store, record, reading)
  if (since === null) return { policy_metrics: [] }
  const breachAt = since + TARGET_MS
  const minutes = Math.floor((breachAt - world.clock.now()) / MINUTE_MS)
  const metric = { metric: 'next_reply_time', stage: 'active', minutes }
  return { policy_metrics: [{ breach_at: toWireTime(breachAt), ...metric }] }
}

/** Since when the customer waits: the first public comment of theirs that no agent answered yet. */
function waitingSince(
  store: ZendeskStore,
  { comments, audits }: TicketRecord,
  reading: 'by_updater' | 'by_author',
): number | null {
  let since: number | null = null
  for (const comment of comments.filter((one) => one.public)) {
    const counted = reading === 'by_author' ? comment.author_id : updaterOf(comment)
    const isAnswer = isStaff(store.users.get(counted))
    since = isAnswer ? null : (since ?? Date.parse(comment.created_at))
  }
  return since

  function updaterOf({ audit_id }: Comment): number {
    return audits.find(({ id }) => id === audit_id)?.author_id ?? 0
  }
}
