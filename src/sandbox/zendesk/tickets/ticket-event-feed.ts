import { toSeconds } from '../api/wire.ts'
import type { Audit, AuditEvent, TicketRecord } from '../entities/tickets.ts'

type FeedEvent = { readonly id: number; readonly timestamp: number } & Record<string, unknown>

/** Zendesk's display names of channels in this feed, as far as they are known. */
const VIA_NAMES: Readonly<Record<string, string>> = {
  api: 'Web service',
  web: 'Web form',
  email: 'Mail',
  rule: 'Rule',
}

/**
 * One feed event per audit. Without the side-load a comment is only said to be present.
 * https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/#incremental-ticket-event-export
 */
export function toTicketEvents(
  record: TicketRecord,
  { withComments }: { readonly withComments: boolean },
): FeedEvent[] {
  return record.audits.map((audit) => ({
    id: audit.id,
    ticket_id: audit.ticket_id,
    timestamp: toSeconds(Date.parse(audit.created_at)),
    created_at: audit.created_at,
    updater_id: audit.author_id,
    via: VIA_NAMES[audit.via.channel] ?? audit.via.channel,
    system: { client: audit.metadata.system.client },
    metadata: audit.metadata,
    event_type: 'Audit',
    child_events: audit.events.flatMap((event) => toChild(event, audit, withComments)),
  }))
}

function toChild(event: AuditEvent, audit: Audit, withComments: boolean): FeedEvent[] {
  const head = { id: event.id, via: VIA_NAMES[audit.via.channel] ?? audit.via.channel }
  const timestamp = toSeconds(Date.parse(audit.created_at))
  if (event.type === 'Comment') {
    const said = withComments
      ? { ...event, audit_id: audit.id, created_at: audit.created_at }
      : { ...head, comment_present: true, comment_public: event.public }
    return [{ ...said, timestamp, id: event.id, event_type: 'Comment' }]
  }
  if (event.type !== 'Change' && event.type !== 'Create') return []
  const field = String(event.field_name)
  const former = event.type === 'Change' ? { previous_value: event.previous_value } : {}
  return [{ ...head, timestamp, event_type: event.type, [field]: event.value, ...former }]
}
