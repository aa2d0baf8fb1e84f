import type { Call, Routes } from '../api/call.ts'
import { type Answer, refuseNotEmulated, refuseUnknown } from '../api/errors.ts'
import { type Resource, selfOf, sparse } from '../api/json-api.ts'
import { type Query, readQuery } from '../api/query.ts'
import type { KlaviyoEvent } from '../entities.ts'
import { toMetricResource } from '../events/metric-resource.ts'
import type { RouteParts } from '../parts.ts'
import { toProfileResource } from '../profiles/profile-resource.ts'

/** Whose an event is and of which kind, each whole or as an id alone. */
export function createEventRelationRoutes({ clock, switches }: RouteParts): Routes {
  function metricOf({ account, url }: Call, event: KlaviyoEvent, query: Query): Resource | null {
    const metric = account.metrics.get(event.metricId)
    if (metric === undefined) return null
    return sparse(toMetricResource(metric, switches, url.origin), query.fieldsOf('metric'))
  }

  function profileOf({ account, url }: Call, event: KlaviyoEvent, query: Query): Resource | null {
    const profile = account.profiles.get(event.profileId)
    if (profile === null) return null
    const view = { account, origin: url.origin, query, now: clock.now(), hasConversations: false }
    return toProfileResource(profile, view)
  }

  return {
    get_metric_for_event: (call) => related(call, metricOf),
    get_profile_for_event: (call) => related(call, profileOf),
    get_metric_id_for_event: (call) =>
      relatedId(call, ({ metricId: id }) => ({ type: 'metric', id })),
    get_profile_id_for_event: (call) =>
      relatedId(call, ({ profileId: id }) => ({ type: 'profile', id })),
  }
}

function related(
  call: Call,
  show: (call: Call, event: KlaviyoEvent, query: Query) => Resource | null,
): Answer {
  const read = readQuery(call.url, {})
  if (!read.ok) return read.answer
  if (read.query.additionalOf('profile').includes('predictive_analytics')) {
    return refuseNotEmulated('predictive analytics')
  }
  const event = call.account.events.get(call.id)
  if (event === null) return refuseUnknown('event', call.id)
  const data = show(call, event, read.query)
  return { status: 200, body: { data, links: { self: selfOf(call.url) } } }
}

function relatedId(
  { account, url, id }: Call,
  show: (event: KlaviyoEvent) => { readonly type: string; readonly id: string },
): Answer {
  const event = account.events.get(id)
  if (event === null) return refuseUnknown('event', id)
  return { status: 200, body: { data: show(event), links: { self: selfOf(url) } } }
}
