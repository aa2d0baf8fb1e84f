import { type Account, type Profile, TRAIT_NAMES } from '../entities.ts'
import type {
  Condition,
  ConditionGroups,
  ConsentCondition,
  MetricCondition,
} from './condition-body.ts'
import { passes, passesNumber } from './value-filter.ts'

const UNIT_MS = { hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000 } as const

type Person = { readonly account: Account; readonly profile: Profile; readonly now: number }

/** Whether the profile belongs now. The caller has made sure that everything is emulated. */
export function meetsConditions(person: Person, groups: ConditionGroups): boolean {
  return groups.every(({ conditions }) => conditions.some((each) => meets(person, each)))
}

function meets(person: Person, given: Condition): boolean {
  switch (given.type) {
    case 'profile-property':
      return passes(propertyOf(person.profile, given.property), given.filter)
    case 'profile-metric':
      return meetsMetric(person, given)
    case 'profile-group-membership':
      return isOnList(person, given.group_ids) === given.is_member
    case 'profile-marketing-consent':
      return meetsConsent(person.profile, given.consent)
    case 'not emulated':
      throw new Error(`the condition ${given.name} was let in`)
  }
}

/** `email`, `first_name` and their like by name, the caller's own as `properties['name']`. */
function propertyOf(profile: Profile, property: string): unknown {
  const own = /^properties\['(.+)'\]$/.exec(property)
  if (own !== null) return profile.properties[own[1] ?? '']
  if (property === 'email') return profile.email
  if (property === 'phone_number') return profile.phoneNumber
  if (property === 'external_id') return profile.externalId
  const trait = TRAIT_NAMES.find((name) => name === property)
  return trait === undefined ? undefined : profile.traits[trait]
}

/** Only lists are groups here; whether it takes one of several or all of them is not known, one [I]. */
function isOnList({ account, profile }: Person, listIds: readonly string[]): boolean {
  return listIds.some((id) => account.lists.get(id)?.joinedAt.has(profile.id) ?? false)
}

function meetsMetric({ account, profile, now }: Person, given: MetricCondition): boolean {
  const { timeframe_filter: frame, metric_filters: filters } = given
  const since =
    frame.operator === 'in-the-last'
      ? now - frame.quantity * UNIT_MS[frame.unit]
      : Number.NEGATIVE_INFINITY
  const events = account.events
    .select({ metricIds: [given.metric_id], profileId: profile.id })
    .filter(({ at }) => at >= since && at <= now)
    .filter(({ properties }) =>
      (filters ?? []).every(({ property, filter }) => passes(properties[property], filter)),
    )
  const sum = events.reduce((total, { value }) => total + (value ?? 0), 0)
  const measured = given.measurement === 'count' ? events.length : sum
  return passesNumber(measured, given.measurement_filter)
}

function meetsConsent(profile: Profile, wanted: ConsentCondition['consent']): boolean {
  const { status } = profile.consent.sms
  if ((status === 'SUBSCRIBED') !== wanted.can_receive_marketing) return false
  const { subscription } = wanted.consent_status
  return subscription === 'any' || subscription.toUpperCase() === status
}
