import { z } from 'zod'
import type { KlaviyoEventId, MetricId, ProfileId } from '../kernel/ids.ts'
import { type Instant, instant, SECOND, toIso } from '../kernel/instant.ts'
import { ok, type Result } from '../kernel/result.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import { readAnswer } from '../outbound/read-answer.ts'
import { type EventDraft, toWireEvent } from './event-draft.ts'
import { readPage } from './pages.ts'
import type { KlaviyoTransport } from './transport.ts'
import { resourceSchema } from './webhook/event-resource.ts'
import type { EventFields } from './webhook/klaviyo-event.ts'
import { quoted } from './wire.ts'

/** A recorded event. `resource` is as received, for `parseKlaviyoEventResource`. */
export type RecordedEvent = Omit<EventFields, 'topic'> & { readonly resource: unknown }

/** Which events to read. `since` is included, `until` is not; widened to whole seconds. */
export type EventQuery = {
  /** One or more. */
  readonly metricIds: readonly MetricId[]
  readonly profileId?: ProfileId
  readonly since: Instant
  readonly until?: Instant
  /** Goes on where an earlier read stopped; the rest of the query must be the same. */
  readonly cursor?: string
  /** Stops after so many pages of 200; without it, reads to the end (1,000 at most). */
  readonly pageLimit?: number
}

/** Oldest first. `nextCursor` is null when the end was reached. */
export type EventList = {
  readonly events: readonly RecordedEvent[]
  readonly nextCursor: string | null
}

/** https://developers.klaviyo.com/en/reference/events_api_overview */
export type Events = {
  /**
   * Records an event. Idempotent by `uniqueId`: repeat freely. Success means queued; it may take
   * minutes to be seen.
   */
  create(draft: EventDraft): Promise<Result<null, ApiProblem>>
  /**
   * Lists events by time. Processing is late at times, so read again with an overlap and drop
   * what is known by id.
   */
  list(query: EventQuery): Promise<Result<EventList, ApiProblem>>
  get(id: KlaviyoEventId): Promise<Result<RecordedEvent, ApiProblem>>
}

const MOST_PAGES = 1_000

/** Binds the event calls to one account. Needs `events:read`, `events:write`. */
export function createEvents(transport: KlaviyoTransport): Events {
  return {
    async create(draft) {
      const call = { path: '/api/events', operation: 'create_event', body: toWireEvent(draft) }
      const answer = await transport.send({ method: 'POST', ...call })
      return answer.ok ? ok(null) : answer
    },

    list: (query) => listEvents(transport, query),

    async get(id) {
      const path = `/api/events/${encodeURIComponent(id)}`
      const answer = await transport.send({ method: 'GET', path, operation: 'get_event' })
      if (!answer.ok) return answer
      const read = readAnswer(z.looseObject({ data: recordedEvent }), answer.value)
      return read.ok ? ok(read.value.data) : read
    },
  }
}

const recordedEvent = z
  .unknown()
  .optional()
  .transform((resource, context): RecordedEvent => {
    const parsed = resourceSchema.safeParse(resource)
    if (parsed.success) return { ...parsed.data, resource }
    const [issue] = parsed.error.issues
    context.addIssue({
      code: 'custom',
      path: [...(issue?.path ?? [])],
      message: issue?.message ?? '',
    })
    return z.NEVER
  })

async function listEvents(
  transport: KlaviyoTransport,
  query: EventQuery,
): Promise<Result<EventList, ApiProblem>> {
  const call = {
    path: '/api/events',
    operation: 'get_events',
    query: { filter: toFilter(query), sort: 'datetime', 'page[size]': '200' },
  }
  const events: RecordedEvent[] = []
  let nextCursor = query.cursor ?? null

  for (let pages = 0; pages < (query.pageLimit ?? MOST_PAGES); pages += 1) {
    const page = await readPage(transport, call, recordedEvent, nextCursor)
    if (!page.ok) return page
    events.push(...page.value.items)
    nextCursor = page.value.nextCursor
    if (nextCursor === null) break
  }
  return ok({ events, nextCursor })
}

/** Events carry whole seconds, so a fraction in a bound would cut off those of its own second. */
function wholeSecond(at: Instant, round: (seconds: number) => number): string {
  return toIso(instant(round(at / SECOND) * SECOND))
}

/** `metric_id` takes one value or a list (specification of 2026-07-15). */
function toFilter(query: EventQuery): string {
  const ids = query.metricIds.map(quoted)
  const parts = [
    `equals(metric_id,${ids.length === 1 ? ids[0] : `[${ids.join(',')}]`})`,
    query.profileId === undefined ? null : `equals(profile_id,${quoted(query.profileId)})`,
    `greater-or-equal(datetime,${wholeSecond(query.since, Math.floor)})`,
    query.until === undefined ? null : `less-than(datetime,${wholeSecond(query.until, Math.ceil)})`,
  ]
  return `and(${parts.filter((part) => part !== null).join(',')})`
}
