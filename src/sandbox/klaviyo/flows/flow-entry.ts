import { meetsConditions } from '../conditions/meets-conditions.ts'
import { passes } from '../conditions/value-filter.ts'
import type { Account, KlaviyoEvent, Profile } from '../entities.ts'
import type { Switches } from '../switches/switches.ts'
import type { Flow } from './flow.ts'

const UNIT_MS = { hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000 } as const

/** Somebody on the way through a flow. */
export type Journey = {
  readonly account: Account
  readonly flow: Flow
  readonly profile: Profile
  readonly event: KlaviyoEvent
}

/** Whether the event takes its profile into the flow. */
export function mayEnter(journey: Journey, now: number, switches: Switches): boolean {
  const { account, flow, profile, event } = journey
  if (flow.status !== 'live' || flow.metricId !== event.metricId) return false
  if (!isTriggered(flow, event) || !mayEnterAgain(journey, now, switches)) return false
  return (
    flow.profileFilter === null || meetsConditions({ account, profile, now }, flow.profileFilter)
  )
}

function mayEnterAgain({ flow, profile }: Journey, now: number, switches: Switches): boolean {
  const { entries, reentry } = flow
  const last = entries.get(profile.id)
  if (last === undefined) return true
  if (reentry.kind === 'not given') return switches.flowDefaultReentry() === 'every_event'
  if (reentry.duration === 0) return true
  if (reentry.unit === 'alltime') return false
  return now - last >= reentry.duration * UNIT_MS[reentry.unit]
}

function isTriggered({ triggerFilter }: Flow, { properties }: KlaviyoEvent): boolean {
  return (triggerFilter ?? []).every(({ conditions }) =>
    conditions.some(({ field, filter }) => passes(properties[field], filter)),
  )
}
