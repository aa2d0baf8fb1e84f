import { HOUR, type Instant, instant, MINUTE } from '../../kernel/instant.ts'
import { ok, type Result } from '../../kernel/result.ts'
import type { Events, RecordedEvent } from '../../klaviyo/events.ts'
import type { KlaviyoMetric, Metrics } from '../../klaviyo/metrics.ts'
import { meaningOf } from '../../klaviyo/webhook/event-types.ts'
import type { ApiProblem } from '../../outbound/api-problem.ts'
import { toStorableJson } from '../storable-json.ts'
import { parseStored, toIntakeRow } from '../translate-klaviyo.ts'
import type { FeedEvent, ReadFeed } from './feed.ts'

/** Klaviyo records some events minutes late, under the time at which they happened. */
const OVERLAP_MS = 15 * MINUTE
const PAGES_AT_ONCE = 5
/** An account gets new metrics when it first uses a channel. */
const METRICS_FRESH_MS = HOUR

type Wanted = ReadonlyMap<string, string>

/**
 * Klaviyo's events of one account: what customers wrote, what failed, who came and went. What reached a
 * phone is not read here: a campaign makes a million of those, and an answer's is looked for where it is missing.
 */
export function createKlaviyoFeed(clients: {
  readonly events: Events
  readonly metrics: Metrics
}): ReadFeed {
  let known: { readonly wanted: Wanted; readonly readAt: Instant } | null = null

  async function wantedMetrics(now: Instant): Promise<Result<Wanted, ApiProblem>> {
    if (known !== null && now >= known.readAt && now - known.readAt < METRICS_FRESH_MS)
      return ok(known.wanted)
    const listed = await clients.metrics.list()
    if (!listed.ok) return listed
    const wanted = new Map(listed.value.filter(isWanted).map(({ id, name }) => [id, name]))
    known = { wanted, readAt: now }
    return ok(wanted)
  }

  return async (position, now) => {
    const metrics = await wantedMetrics(now)
    if (!metrics.ok) return metrics
    const metricIds = [...metrics.value.keys()] as KlaviyoMetric['id'][]
    const done = { since: now, cursor: null }
    if (metricIds.length === 0) return ok({ events: [], next: done, hasMore: false })
    const { since, cursor } = position
    const listed = await clients.events.list({
      ...{ metricIds, since: instant(since - OVERLAP_MS), pageLimit: PAGES_AT_ONCE },
      ...(cursor === null ? {} : { cursor }),
    })
    if (!listed.ok) return listed
    const { events, nextCursor } = listed.value
    return ok({
      events: events.map((event) => toFeedEvent(event, metrics.value)),
      next: nextCursor === null ? done : { since, cursor: nextCursor },
      hasMore: nextCursor !== null,
    })
  }
}

const MEANINGS = ['customer_message', 'message_failed', 'consent_given', 'consent_withdrawn']

/** Only Klaviyo's own: anyone may record events under the same names. */
function isWanted({ name, integration }: KlaviyoMetric): boolean {
  const meaning = integration === 'Klaviyo' ? meaningOf(name)?.meaning : undefined
  return meaning !== undefined && MEANINGS.includes(meaning)
}

/** In the form in which a webhook brings it, so that it is read again in one way. */
function toFeedEvent(event: RecordedEvent, names: Wanted): FeedEvent {
  const topic = names.get(event.metricId ?? '') ?? ''
  const read = { topic, external_id: event.eventId, payload: { data: event.resource } }
  const element = toStorableJson(read)
  return {
    at: event.at,
    toRow: (bridgeId, eventId, now) =>
      toIntakeRow(parseStored(element), element, bridgeId, eventId, now),
  }
}
