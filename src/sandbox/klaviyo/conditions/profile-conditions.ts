import { z } from 'zod'
import { type Account, type Profile, TRAIT_NAMES } from '../entities.ts'
import { numericFilter, passes, passesNumber, valueFilter } from './value-filter.ts'

const UNIT_MS = { hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000 } as const

const profileProperty = z.object({
  type: z.literal('profile-property'),
  property: z.string().min(1),
  filter: valueFilter,
})

const timeframe = z.union([
  z.object({ type: z.literal('date'), operator: z.literal('alltime') }),
  z.object({
    type: z.literal('date'),
    operator: z.literal('in-the-last'),
    unit: z.enum(['day', 'hour', 'week']),
    quantity: z.number().int().min(0),
  }),
  z
    .looseObject({ type: z.literal('date'), operator: z.string() })
    .transform(() => ({ operator: 'not emulated' as const })),
])

const profileMetric = z.object({
  type: z.literal('profile-metric'),
  metric_id: z.string().min(1),
  measurement: z.enum(['count', 'sum']),
  measurement_filter: numericFilter,
  timeframe_filter: timeframe,
  metric_filters: z.array(z.object({ property: z.string().min(1), filter: valueFilter })).nullish(),
})

const consent = z.object({
  type: z.literal('profile-marketing-consent'),
  consent: z.looseObject({
    channel: z.enum(['email', 'sms', 'push']),
    can_receive_marketing: z.boolean(),
    consent_status: z.looseObject({ subscription: z.string() }),
  }),
})

/** Conditions that Klaviyo has and the sandbox has not. */
const OTHER_TYPES = [
  'profile-group-membership',
  'profile-has-custom-object',
  'profile-not-in-flow',
  'profile-not-sent-email',
  'profile-not-sent-push',
  'profile-not-sent-sms',
  'profile-metric-funnel',
  'profile-permissions',
  'profile-postal-code-distance',
  'profile-predictive-analytics',
  'profile-sample',
  'profile-region',
] as const
const other = z
  .looseObject({ type: z.enum(OTHER_TYPES) })
  .transform(({ type }) => ({ type: 'not emulated' as const, name: type }))

const condition = z.union([profileProperty, profileMetric, consent, other])

/** Who belongs: all groups must hold, in a group any one condition [I]. */
export const conditionGroups = z.array(z.object({ conditions: z.array(condition).min(1) })).min(1)

export type ConditionGroups = z.infer<typeof conditionGroups>
type Condition = z.infer<typeof condition>
type MetricCondition = z.infer<typeof profileMetric>

/** What of it the sandbox cannot judge, in words; null when it can judge all. */
export function notEmulatedIn(groups: ConditionGroups): string | null {
  const words = groups.flatMap(({ conditions }) => conditions.map(wordsFor))
  return words.find((each) => each !== null) ?? null
}

function wordsFor(given: Condition): string | null {
  switch (given.type) {
    case 'not emulated':
      return `conditions of the type ${given.name}`
    case 'profile-property':
      return given.filter.type === 'not emulated' ? 'filters of this type' : null
    case 'profile-metric':
      if (given.timeframe_filter.operator === 'not emulated') return 'this timeframe'
      return given.metric_filters?.some(({ filter }) => filter.type === 'not emulated')
        ? 'filters of this type'
        : null
    case 'profile-marketing-consent':
      return given.consent.channel === 'sms' ? null : `consent for ${given.consent.channel}`
  }
}

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

function meetsConsent(profile: Profile, wanted: z.infer<typeof consent>['consent']): boolean {
  const { status } = profile.consent.sms
  if ((status === 'SUBSCRIBED') !== wanted.can_receive_marketing) return false
  const { subscription } = wanted.consent_status
  return subscription === 'any' || subscription.toUpperCase() === status
}
