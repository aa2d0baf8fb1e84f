import { z } from 'zod'
import type { TicketId, ZendeskUserId } from '../kernel/ids.ts'
import { type Instant, instant, SECOND } from '../kernel/instant.ts'
import { ok, type Result } from '../kernel/result.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { readAnswer } from '../outbound/read-answer.ts'
import type { ZendeskTransport } from './transport.ts'
import { neededId, optionalId } from './wire.ts'

/** One update of a ticket, with what it changed, as Zendesk recorded it. */
export type TicketUpdate = {
  /** The audit's id. */
  readonly id: string
  readonly ticketId: TicketId
  /** Whole seconds. */
  readonly at: Instant
  readonly updaterId: ZendeskUserId | null
  /** As on the wire: `event_type` says what each is. */
  readonly changes: readonly Readonly<Record<string, unknown>>[]
}

/** Oldest first. `until` is where the next read begins; the newest minute is always left out. */
export type TicketUpdates = {
  readonly updates: readonly TicketUpdate[]
  readonly until: Instant
  readonly isEnd: boolean
}

/** https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/#incremental-ticket-event-export */
export type TicketEvents = {
  /**
   * A thousand updates at most, from `since` on, comments and notes included. Ten calls a minute. An
   * update may come again at the seam of two reads. Needs an admin's token.
   */
  read(since: Instant): Promise<Result<TicketUpdates, ApiProblem>>
  /** Up to 100 tickets, as on the wire, by id; those that are gone are absent. */
  tickets(ids: readonly TicketId[]): Promise<Result<ReadonlyMap<string, Wire>, ApiProblem>>
  /** The roles of up to 100 users, by id. */
  roles(ids: readonly ZendeskUserId[]): Promise<Result<ReadonlyMap<string, string>, ApiProblem>>
}

type Wire = Readonly<Record<string, unknown>>

/** Binds the feed to one account. */
export function createTicketEvents(transport: ZendeskTransport): TicketEvents {
  return {
    async read(since) {
      const answer = await transport.send({
        method: 'GET',
        path: '/api/v2/incremental/ticket_events',
        query: { start_time: String(Math.floor(since / SECOND)), include: 'comment_events' },
      })
      if (!answer.ok) return answer
      const read = readAnswer(pageSchema, answer.value)
      if (!read.ok) return read
      const { ticket_events: updates, end_time: endTime, end_of_stream: isEnd } = read.value
      const until = endTime === null ? since : instant(endTime * SECOND)
      return ok({ updates, until, isEnd: isEnd || until <= since })
    },

    tickets: (ids) => showMany(transport, 'tickets', ids, (wire) => wire),

    roles: (ids) => showMany(transport, 'users', ids, ({ role }) => String(role)),
  }
}

async function showMany<Value>(
  transport: ZendeskTransport,
  what: 'tickets' | 'users',
  ids: readonly string[],
  toValue: (wire: Wire) => Value,
): Promise<Result<ReadonlyMap<string, Value>, ApiProblem>> {
  if (ids.length === 0) return ok(new Map())
  const answer = await transport.send({
    method: 'GET',
    path: `/api/v2/${what}/show_many`,
    query: { ids: ids.join(',') },
  })
  if (!answer.ok) return answer
  const list = z.looseObject({ [what]: z.array(z.unknown()) })
  const read = readAnswer(list, answer.value)
  if (!read.ok) return read
  const items = (read.value[what] as readonly unknown[]).filter(isRecord)
  return ok(new Map(items.map((wire) => [String(wire.id), toValue(wire)])))
}

const updateSchema = z
  .looseObject({
    id: neededId(),
    ticket_id: neededId<TicketId>(),
    timestamp: z.number(),
    updater_id: optionalId<ZendeskUserId>(),
    child_events: z.array(z.unknown()).catch([]),
  })
  .transform(
    (wire): TicketUpdate => ({
      id: wire.id,
      ticketId: wire.ticket_id,
      at: instant(wire.timestamp * SECOND),
      updaterId: wire.updater_id,
      changes: wire.child_events.filter(isRecord),
    }),
  )

const pageSchema = z.looseObject({
  ticket_events: z.array(updateSchema),
  end_time: z
    .number()
    .nullish()
    .transform((time) => time ?? null),
  end_of_stream: z.boolean().catch(false),
})

function isRecord(value: unknown): value is Wire {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
