import type { World } from '../../world.ts'
import { type Actor, actorId } from '../actor.ts'
import { toWireTime } from '../api/wire.ts'
import type { Audit, AuditEvent, Ticket, TicketRecord } from '../entities/tickets.ts'
import { runTriggers } from '../rules/triggers.ts'
import { indexRequester, type ZendeskStore } from '../store.ts'
import type { EventDelivery } from '../webhooks/webhook-delivery.ts'
import type { TicketHappening } from '../webhooks/webhook-events.ts'
import { addComment, type NewComment } from './comment-record.ts'
import type { TicketAnnouncer } from './ticket-announcer.ts'
import { changesBetween } from './ticket-changes.ts'
import type { TicketWatch } from './ticket-watch.ts'

export type Commit = {
  readonly record: TicketRecord
  /** The ticket as it was; null when `record` holds a new one. */
  readonly before: Ticket | null
  readonly actor: Actor
  readonly comment: NewComment | null
  /** Becomes the audit's `metadata.custom`. */
  readonly metadata: Readonly<Record<string, unknown>>
  /** Webhooks hear nothing of it; triggers do not run. */
  readonly without?: readonly ('events' | 'triggers')[]
  /** When it happened; now, when not given. */
  readonly at?: number
  readonly alsoHappened?: readonly TicketHappening[]
}

export type CommitTicket = ReturnType<typeof createTicketCommit>

type Parts = {
  readonly world: World
  readonly store: ZendeskStore
  readonly announcer: TicketAnnouncer
  readonly delivery: EventDelivery
  readonly watch: TicketWatch
}

/**
 * The one place where a changed ticket takes effect: the audit is written, the comment gets the id
 * of its audit event, triggers run on the result, and the webhooks hear of everything at once.
 */
export function createTicketCommit({ world, store, announcer, delivery, watch }: Parts) {
  function commit(change: Commit): Audit {
    const { record, before, actor } = change
    const now = change.at ?? world.clock.now()
    const { alsoHappened = [], without = [] } = change
    const audit = openAudit(store, change, now)
    const place = { record, actor, audit }
    const comment = change.comment === null ? null : addComment(store, change.comment, place)
    audit.events.push(...fieldEvents(store, before, record.ticket))

    const updateType = before === null ? ('Create' as const) : ('Change' as const)
    const scene = { record, before, updateType, comment, actor, now }
    if (!without.includes('triggers')) {
      audit.events.push(...runTriggers({ store, delivery }, scene))
    }

    settle(store, change, now)
    record.generatedAt = world.clock.now()
    record.audits.push(audit)
    if (!without.includes('events')) {
      announcer.announceUpdate({ record, before, actor, comment, alsoHappened })
    }
    watch.tell({ record, before, audit, comment })
    return audit
  }

  return commit
}

function openAudit(store: ZendeskStore, { record, actor, metadata }: Commit, now: number): Audit {
  return {
    id: store.nextId(),
    ticket_id: record.ticket.id,
    author_id: actorId(actor),
    created_at: toWireTime(now),
    via: actor.via,
    metadata: {
      system: { client: actor.client, ip_address: '127.0.0.1' },
      custom: { ...metadata },
    },
    events: [],
  }
}

function fieldEvents(store: ZendeskStore, before: Ticket | null, after: Ticket): AuditEvent[] {
  return changesBetween(before, after).map(({ field, previous, value }) => {
    const event = { id: store.nextId(), field_name: field, value }
    return before === null
      ? { ...event, type: 'Create' }
      : { ...event, type: 'Change', previous_value: previous }
  })
}

function settle(store: ZendeskStore, { record, before }: Commit, now: number): void {
  record.ticket = { ...record.ticket, updated_at: toWireTime(now) }
  const { status, requester_id } = record.ticket
  if (before?.status !== status) record.statusReachedAt[status] = now
  if (before?.requester_id !== requester_id) indexRequester(store, record, before?.requester_id)
}
