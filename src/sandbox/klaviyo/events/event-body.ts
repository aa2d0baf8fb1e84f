import { z } from 'zod'
import { profileAttributes } from '../api/body.ts'
import { hasIdentifier, identifiersIn } from '../profiles/profile-writes.ts'

const YEAR_1990 = Date.UTC(1990, 0, 1)
const ONE_YEAR_MS = 366 * 24 * 60 * 60_000
const MOST_PROPERTIES = 400
const LONGEST_STRING = 100 * 1024

const metricReference = z.object({
  data: z.object({
    type: z.literal('metric'),
    attributes: z.object({
      name: z.string().min(1).max(127, 'Metric name must be fewer than 128 characters.'),
      service: z.string().nullish(),
    }),
  }),
})

const profileReference = z.object({
  data: z
    .object({
      type: z.literal('profile'),
      id: z.string().nullish(),
      attributes: profileAttributes,
    })
    .refine(
      ({ id, attributes }) => Boolean(id) || hasIdentifier(identifiersIn(attributes)),
      'At least one profile identifier is required.',
    ),
})

const properties = z
  .record(z.string(), z.unknown())
  .refine((given) => Object.keys(given).length <= MOST_PROPERTIES, 'Too many properties.')
  .refine((given) => !hasLongString(given), 'A string is larger than 100 KB.')

/** "After the year 1990 and up to 1 year in the future." */
function eventAttributes(now: () => number) {
  const time = z
    .string()
    .transform((text) => Date.parse(text))
    .refine((at) => at >= YEAR_1990 && at <= now() + ONE_YEAR_MS, 'Invalid time.')
  return z.object({
    properties,
    time: time.nullish(),
    value: z.number().nullish(),
    value_currency: z.string().nullish(),
    unique_id: z.string().min(1).max(255).nullish(),
    backfill: z.boolean().nullish(),
    metric: metricReference,
  })
}

type EventAttributes = z.infer<ReturnType<typeof eventAttributes>>
type ProfileReference = z.infer<typeof profileReference>['data']

/** One event as either endpoint takes it. */
export type EventInput = {
  readonly metricName: string
  /** The integration that the metric is of; `api` unless another is named. */
  readonly service: string
  readonly profile: ProfileReference
  readonly properties: Readonly<Record<string, unknown>>
  readonly at: number | undefined
  readonly uniqueId: string | undefined
  readonly value: number | null
  readonly currency: string | null
  readonly isBackfill: boolean
}

/** The body of POST /api/events. */
export function eventBody(now: () => number): z.ZodType<EventInput> {
  const attributes = eventAttributes(now).extend({ profile: profileReference })
  return z
    .object({ data: z.object({ type: z.literal('event'), attributes }) })
    .transform(({ data }) => toInput(data.attributes, data.attributes.profile.data))
}

/** The body of POST /api/event-bulk-create-jobs, with the events of all profiles in one list. */
export function bulkBody(now: () => number): z.ZodType<readonly EventInput[]> {
  const event = z.object({ type: z.literal('event'), attributes: eventAttributes(now) })
  const item = z.object({
    type: z.literal('event-bulk-create'),
    attributes: z.object({
      backfill: z.boolean().nullish(),
      profile: profileReference,
      events: z.object({ data: z.array(event).min(1) }),
    }),
  })
  return z
    .object({
      data: z.object({
        type: z.literal('event-bulk-create-job'),
        attributes: z.object({ 'events-bulk-create': z.object({ data: z.array(item).min(1) }) }),
      }),
    })
    .transform(({ data }) =>
      data.attributes['events-bulk-create'].data.flatMap(({ attributes }) =>
        attributes.events.data.map((each) =>
          toInput(
            { ...each.attributes, backfill: each.attributes.backfill ?? attributes.backfill },
            attributes.profile.data,
          ),
        ),
      ),
    )
}

/** `value` and its currency are event properties too: `$value` and `$value_currency`. */
export function toEvent(input: EventInput) {
  const { properties, at, uniqueId, value, currency, isBackfill } = input
  return {
    at,
    uniqueId,
    value,
    isBackfill,
    properties: {
      ...properties,
      ...(value === null ? {} : { $value: value }),
      ...(currency === null ? {} : { $value_currency: currency }),
    },
  }
}

function toInput(attributes: EventAttributes, profile: ProfileReference): EventInput {
  return {
    metricName: attributes.metric.data.attributes.name,
    service: attributes.metric.data.attributes.service ?? 'api',
    profile,
    properties: attributes.properties,
    at: attributes.time ?? undefined,
    uniqueId: attributes.unique_id ?? undefined,
    value: attributes.value ?? null,
    currency: attributes.value_currency ?? null,
    isBackfill: attributes.backfill ?? false,
  }
}

function hasLongString(value: unknown): boolean {
  if (typeof value === 'string') return Buffer.byteLength(value) > LONGEST_STRING
  return value !== null && typeof value === 'object' && Object.values(value).some(hasLongString)
}
