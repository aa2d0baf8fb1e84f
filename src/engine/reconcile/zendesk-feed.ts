import type { ZendeskUserId } from '../../kernel/ids.ts'
import { type Instant, instant, MINUTE, toIso } from '../../kernel/instant.ts'
import { ok, type Result } from '../../kernel/result.ts'
import type { ApiProblem } from '../../outbound/api-problem.ts'
import type { TicketEvents, TicketUpdate } from '../../zendesk/ticket-events.ts'
import { parseZendeskEvent } from '../../zendesk/webhook/parse.ts'
import { toStorableJson } from '../storable-json.ts'
import { toIntakeRow } from '../translate-zendesk.ts'
import type { FeedEvent, ReadFeed } from './feed.ts'

/** Zendesk's feed is complete but for its newest minute; this is for clocks that differ. */
const OVERLAP_MS = 5 * MINUTE
const AT_ONCE = 100

type Wire = Readonly<Record<string, unknown>>
type Known = {
  readonly tickets: ReadonlyMap<string, Wire>
  readonly roles: ReadonlyMap<string, string>
}

/**
 * Zendesk's record of ticket updates of one account, of which three kinds matter: a ticket that was made,
 * a comment, a ticket that was closed. Each is put into the form in which the webhook brings it, so that
 * it is read again in one way; the ticket in it is as it is now, not as it was then.
 */
export function createZendeskFeed(ticketEvents: TicketEvents): ReadFeed {
  return async ({ since }) => {
    const page = await ticketEvents.read(instant(since - OVERLAP_MS))
    if (!page.ok) return page
    const { updates, until, isEnd } = page.value
    const wanted = updates.filter(({ changes }) => changes.some(isWanted))
    const known = await lookUp(ticketEvents, wanted)
    if (!known.ok) return known
    return ok({
      events: wanted.flatMap((update) => toFeedEvents(update, known.value)),
      next: { since: isEnd ? later(until, since) : instant(until + OVERLAP_MS), cursor: null },
      hasMore: !isEnd,
    })
  }
}

function later(one: Instant, other: Instant): Instant {
  return one > other ? one : other
}

function isWanted(change: Wire): boolean {
  return isComment(change) || isCreation(change) || isClosing(change)
}

const isComment = ({ event_type }: Wire) => event_type === 'Comment'
const isCreation = ({ event_type }: Wire) => event_type === 'Create'
const isClosing = ({ event_type, status }: Wire) => event_type === 'Change' && status === 'closed'

/** What the updates do not say: the tickets they are about, and whether who commented is staff. */
async function lookUp(
  ticketEvents: TicketEvents,
  updates: readonly TicketUpdate[],
): Promise<Result<Known, ApiProblem>> {
  const ticketIds = [...new Set(updates.map(({ ticketId }) => ticketId))]
  const authors = updates.flatMap(({ changes }) => changes.filter(isComment).map(authorOf))
  const tickets = await inParts(ticketIds, (ids) => ticketEvents.tickets(ids))
  if (!tickets.ok) return tickets
  const roles = await inParts([...new Set(authors)], (ids) => ticketEvents.roles(ids))
  return roles.ok ? ok({ tickets: tickets.value, roles: roles.value }) : roles
}

function authorOf({ author_id }: Wire): ZendeskUserId {
  return String(author_id) as ZendeskUserId
}

async function inParts<Id, Value>(
  ids: readonly Id[],
  read: (ids: readonly Id[]) => Promise<Result<ReadonlyMap<string, Value>, ApiProblem>>,
): Promise<Result<ReadonlyMap<string, Value>, ApiProblem>> {
  const found = new Map<string, Value>()
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const part = await read(ids.slice(start, start + AT_ONCE))
    if (!part.ok) return part
    for (const [id, value] of part.value) found.set(id, value)
  }
  return ok(found)
}

function toFeedEvents(update: TicketUpdate, known: Known): readonly FeedEvent[] {
  const ticket = known.tickets.get(update.ticketId)
  // Deleted meanwhile: nobody can do anything with it any more.
  if (ticket === undefined) return []
  const { changes } = update
  const wires = [
    ...(changes.some(isCreation) ? [toWire(update, ticket, 'created', {})] : []),
    ...changes.filter(isComment).map((change) => toCommentWire(update, ticket, change, known)),
    ...changes.filter(isClosing).map((change) =>
      toWire(update, { ...ticket, status: 'closed' }, 'status_changed', {
        current: 'CLOSED',
        previous: String(change.previous_value).toUpperCase(),
      }),
    ),
  ]
  return wires.map((wire) => ({
    at: update.at,
    toRow: (bridgeId, eventId, now) => {
      const content = toStorableJson(wire)
      return toIntakeRow(parseZendeskEvent(content), content, bridgeId, eventId, now)
    },
  }))
}

function toCommentWire(update: TicketUpdate, ticket: Wire, change: Wire, { roles }: Known) {
  const role = roles.get(authorOf(change))
  return toWire(update, ticket, 'comment_added', {
    comment: {
      id: String(change.id),
      body: change.plain_body ?? change.body ?? '',
      is_public: change.public,
      author: {
        id: String(change.author_id),
        is_staff: role === undefined ? null : role !== 'end-user',
      },
    },
  })
}

function toWire(update: TicketUpdate, ticket: Wire, change: string, event: Wire) {
  return {
    type: `zen:event-type:ticket.${change}`,
    id: `audit:${update.id}:${change}${'comment' in event ? `:${(event.comment as Wire).id}` : ''}`,
    account_id: '1',
    time: toIso(update.at),
    detail: { ...ticket, id: String(ticket.id), actor_id: update.updaterId },
    event,
  }
}
