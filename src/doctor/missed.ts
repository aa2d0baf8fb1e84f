import type { KlaviyoClients, ZendeskClients } from '../connections/clients.ts'
import type { BridgeRow } from '../db/bridge-store.ts'
import { findKnownEvents, findKnownTickets } from '../db/doctor-facts.ts'
import { HOUR, type Instant, instant, MINUTE } from '../kernel/instant.ts'
import { ok, type Result } from '../kernel/result.ts'
import type { KlaviyoMetric } from '../klaviyo/metrics.ts'
import { meaningOf } from '../klaviyo/webhook/event-types.ts'
import type { ApiProblem } from '../outbound/api-problem.ts'
import type { DoctorDeps } from './doctor-deps.ts'
import { textMetrics } from './judge/klaviyo-names.ts'

/*
 * What happened at a platform and should have come here by now, but did not.
 */

/** Platforms deliver late at times, and a new Klaviyo webhook starts within a quarter of an hour. */
const GRACE_MS = 15 * MINUTE
const LOOK_BACK_MS = 24 * HOUR
const MOST_TICKETS = 100

type Span = { readonly since: Instant; readonly until: Instant }

/** The last day, but not before a bridge was there, nor what may still be on its way; null when that is nothing. */
function spanOf({ clock }: DoctorDeps, bridges: readonly BridgeRow[]): Span | null {
  const activated = bridges.flatMap(({ activatedAt }) => (activatedAt === null ? [] : activatedAt))
  const now = clock.now()
  const since = instant(Math.max(now - LOOK_BACK_MS, Math.min(...activated)))
  const until = instant(now - GRACE_MS)
  return activated.length > 0 && since < until ? { since, until } : null
}

/** When tickets were made of which no webhook told. Looks at the newest hundred. */
export async function findMissedTickets(
  deps: DoctorDeps,
  { tickets }: ZendeskClients,
  bridges: readonly BridgeRow[],
): Promise<Result<readonly Instant[], ApiProblem>> {
  const span = spanOf(deps, bridges)
  if (span === null) return ok([])
  const newest = await tickets.newest(MOST_TICKETS)
  if (!newest.ok) return newest
  const due = newest.value.flatMap(({ id, createdAt }) =>
    createdAt !== null && createdAt >= span.since && createdAt < span.until
      ? [{ id, createdAt }]
      : [],
  )
  const ids = bridges.map(({ id }) => id)
  const known = await findKnownTickets(
    deps.db,
    ids,
    due.map(({ id }) => id),
  )
  return ok(due.filter(({ id }) => !known.has(id)).map(({ createdAt }) => createdAt))
}

/** When texts came to Klaviyo of which no webhook told. Looks at the first 200 of the day. */
export async function findMissedTexts(
  deps: DoctorDeps,
  { events }: KlaviyoClients,
  metrics: readonly KlaviyoMetric[],
  bridges: readonly BridgeRow[],
): Promise<Result<readonly Instant[], ApiProblem>> {
  const span = spanOf(deps, bridges)
  const metricIds = textMetrics(metrics)
    .filter(({ name }) => meaningOf(name)?.meaning === 'customer_message')
    .map(({ id }) => id)
  if (span === null || metricIds.length === 0) return ok([])
  const listed = await events.list({ metricIds, ...span, pageLimit: 1 })
  if (!listed.ok) return listed
  const texts = listed.value.events
  const ids = bridges.map(({ id }) => id)
  const known = await findKnownEvents(
    deps.db,
    ids,
    texts.map(({ eventId }) => eventId),
  )
  return ok(texts.filter(({ eventId }) => !known.has(eventId)).map(({ at }) => at))
}
