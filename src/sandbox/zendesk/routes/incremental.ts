import { Hono } from 'hono'
import type { ZendeskEnv, ZendeskParts } from '../emulator.ts'
import type { TicketRecord } from '../entities.ts'
import { badRequest, refuse } from '../errors.ts'
import { comparePlaces, fromCursor, toCursor, withParam } from '../paging.ts'
import { presentTicket } from '../present.ts'
import { sideLoad } from '../side-loads.ts'
import { toTicketEvents } from '../ticket-event-feed.ts'
import { commaList, toSeconds } from '../wire.ts'

const LARGEST_PAGE = 1_000
/** Never the latest minute. */
const HELD_BACK_S = 60

/** https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/ */
export function incrementalRoutes({ store, world }: ZendeskParts): Hono<ZendeskEnv> {
  const app = new Hono<ZendeskEnv>()
  const latestSecond = () => toSeconds(world.clock.now()) - HELD_BACK_S

  /** By the time of any change, the system's included; deleted tickets come with status deleted. */
  app.get('/incremental/tickets/cursor', (c) => {
    const position = startOf(c.req.query('cursor'), c.req.query('start_time'))
    if (position === null)
      return refuse(c, badRequest('InvalidValue', 'start_time is missing or invalid'))

    const excludesDeleted = c.req.query('exclude_deleted') === 'true'
    const changed = [...store.tickets.values()]
      .filter((record) => toSeconds(record.generatedAt) <= latestSecond())
      .filter((record) => comparePlaces(placeOf(record), position) > 0)
      .filter((record) => !excludesDeleted || record.deletedAt === null)
      .toSorted((a, b) => comparePlaces(placeOf(a), placeOf(b)))
    const page = changed.slice(0, pageSize(c.req.query('per_page')))
    const last = page.at(-1)
    const after_cursor = toCursor(last === undefined ? position : placeOf(last))

    const next = new URL(withParam(new URL(c.req.url), 'cursor', after_cursor))
    next.searchParams.delete('start_time')
    return c.json({
      tickets: page.map(presentTicket),
      ...sideLoad(store, page, commaList(c.req.query('include'))),
      after_url: next.toString(),
      after_cursor,
      before_url: null,
      before_cursor: null,
      end_of_stream: page.length === changed.length,
    })
  })

  /** Time-based: a page ends with a whole second, so readers drop what they have seen by id. */
  app.get('/incremental/ticket_events', (c) => {
    const start = Number(c.req.query('start_time') ?? Number.NaN)
    if (!Number.isFinite(start))
      return refuse(c, badRequest('InvalidValue', 'start_time is missing'))
    const withComments = commaList(c.req.query('include')).includes('comment_events')
    const events = [...store.tickets.values()]
      .flatMap((record) => toTicketEvents(record, { withComments }))
      .filter(({ timestamp }) => timestamp >= start && timestamp <= latestSecond())
      .toSorted((a, b) => a.timestamp - b.timestamp || a.id - b.id)
    const size = pageSize(c.req.query('per_page'))
    const lastSecond = events[size - 1]?.timestamp
    const page =
      lastSecond === undefined ? events : events.filter(({ timestamp }) => timestamp <= lastSecond)
    const isEnd = page.length === events.length
    const end_time = page.at(-1)?.timestamp ?? start
    const nextStart = isEnd ? end_time : end_time + 1
    const next_page = withParam(new URL(c.req.url), 'start_time', String(nextStart))
    return c.json({
      ticket_events: page,
      next_page,
      count: page.length,
      end_of_stream: isEnd,
      end_time,
    })
  })

  return app
}

const placeOf = ({ ticket, generatedAt }: TicketRecord) => ({
  key: toSeconds(generatedAt),
  id: ticket.id,
})

/** A start time stands before every ticket of its second. */
function startOf(cursor: string | undefined, startTime: string | undefined) {
  if (cursor !== undefined) return fromCursor(cursor)
  const seconds = Number(startTime ?? Number.NaN)
  return Number.isFinite(seconds) ? { key: seconds, id: 0 } : null
}

function pageSize(asked: string | undefined): number {
  const size = Number(asked ?? LARGEST_PAGE)
  return Number.isInteger(size) && size > 0 ? Math.min(size, LARGEST_PAGE) : LARGEST_PAGE
}
