import type { Decision } from '../conversations/effects.ts'
import type { Reason } from '../conversations/reasons.ts'
import type { ZendeskBrandId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { TicketFacts } from './ticket-facts.ts'
import {
  eventProfile,
  type RecordEvent,
  type TicketMetric,
  toKlaviyoEvent,
} from './to-klaviyo-event.ts'

/** A ticket's life, as metrics see it. */
export type TicketEvent = {
  readonly kind: 'ticket_created' | 'ticket_status_changed'
  readonly current: string | null
  readonly brandId: ZendeskBrandId | null
  readonly at: Instant
}

export type MetricsPolicy = {
  /** Zendesk account the unique ids name. */
  readonly account: string
  readonly brands: 'all' | readonly ZendeskBrandId[]
}

const REASON: Record<TicketMetric, Reason> = {
  opened: 'opened_recorded',
  resolved: 'resolved_recorded',
}

/** The tag Zendesk puts on the source of a merge. [M]: not proven by Zendesk's own pages. */
const MERGED_TAG = 'closed_by_merge'

/** Which metric an event could be, before anything is read: solved is not resolved, closed is (N50, N51). */
export function metricOf(event: TicketEvent): TicketMetric | null {
  if (event.kind === 'ticket_created') return 'opened'
  return event.current === 'closed' ? 'resolved' : null
}

/** Whether the operator chose the ticket's brand; a ticket without a brand counts under `all` alone. */
export function isChosenBrand(brandId: ZendeskBrandId | null, policy: MetricsPolicy): boolean {
  return policy.brands === 'all' || (brandId !== null && policy.brands.includes(brandId))
}

/** Decides which Klaviyo event a ticket's event is. `facts` is null when the ticket no longer exists; `now` tells live from history. */
export function onTicketEvent(
  event: TicketEvent,
  facts: TicketFacts | null,
  policy: MetricsPolicy,
  now: Instant,
): Decision<RecordEvent> {
  const metric = metricOf(event)
  if (metric === null) return { reason: 'not_a_resolution', effects: [] }
  if (facts === null) return { reason: 'ticket_gone', effects: [] }
  if (!isChosenBrand(facts.brandId ?? event.brandId, policy))
    return { reason: 'brand_not_chosen', effects: [] }
  if (metric === 'resolved' && facts.tags.includes(MERGED_TAG))
    return { reason: 'closed_by_merge', effects: [] }
  const profile = eventProfile(facts)
  if (profile === null) return { reason: 'requester_unknown', effects: [] }
  const at = metric === 'opened' ? (facts.createdAt ?? event.at) : event.at
  return {
    reason: REASON[metric],
    effects: [toKlaviyoEvent(metric, facts, profile, { at, now }, policy.account)],
  }
}
