import { z } from 'zod'
import { numericFilter, valueFilter } from './value-filter.ts'

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

const membership = z.object({
  type: z.literal('profile-group-membership'),
  is_member: z.boolean(),
  group_ids: z.array(z.string()).min(1),
  timeframe_filter: z.unknown().optional(),
})

/** Conditions that Klaviyo has and the sandbox has not. */
const OTHER_TYPES = [
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

const condition = z.union([profileProperty, profileMetric, consent, membership, other])

/** Who belongs: all groups must hold, in a group any one condition [I]. */
export const conditionGroups = z.array(z.object({ conditions: z.array(condition).min(1) })).min(1)

export type ConditionGroups = z.infer<typeof conditionGroups>
export type Condition = z.infer<typeof condition>
export type MetricCondition = z.infer<typeof profileMetric>
export type ConsentCondition = z.infer<typeof consent>

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
    case 'profile-group-membership':
      return given.timeframe_filter ? 'membership since a time' : null
    case 'profile-marketing-consent':
      return given.consent.channel === 'sms' ? null : `consent for ${given.consent.channel}`
  }
}
