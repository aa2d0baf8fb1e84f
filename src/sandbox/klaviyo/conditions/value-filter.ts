import { z } from 'zod'

const string = z.object({
  type: z.literal('string'),
  operator: z.enum([
    'contains',
    'ends-with',
    'equals',
    'not-contains',
    'not-ends-with',
    'not-equals',
    'not-starts-with',
    'starts-with',
  ]),
  value: z.string().nullable(),
})
const oneOf = z.object({
  type: z.literal('string'),
  operator: z.enum(['in', 'not-in']),
  value: z.array(z.string()),
})
/** A bound for a number. */
export const numericFilter = z.object({
  type: z.literal('numeric'),
  operator: z.enum([
    'equals',
    'greater-than',
    'greater-than-or-equal',
    'less-than',
    'less-than-or-equal',
    'not-equals',
  ]),
  value: z.number(),
})
const between = z.object({
  type: z.literal('numeric'),
  operator: z.literal('between'),
  start: z.number(),
  end: z.number(),
})
const boolean = z.object({
  type: z.literal('boolean'),
  operator: z.literal('equals'),
  value: z.boolean(),
})
const existence = z.object({
  type: z.literal('existence'),
  operator: z.enum(['is-set', 'not-set']),
})
const list = z.object({
  type: z.literal('list'),
  operator: z.enum(['contains', 'not-contains']),
  value: z.union([z.string(), z.number()]).nullable(),
})
/** What Klaviyo has and the sandbox has not: dates, lengths of lists, regular expressions. */
const other = z
  .looseObject({ type: z.enum(['date', 'list', 'string']), operator: z.string() })
  .transform(() => ({ type: 'not emulated' as const }))

/** A filter of one value, as segments and flow triggers have them. */
export const valueFilter = z.union([
  string,
  oneOf,
  numericFilter,
  between,
  boolean,
  existence,
  list,
  other,
])

export type ValueFilter = z.infer<typeof valueFilter>
type NumericFilter = z.infer<typeof numericFilter>

/** Whether a value passes; one of another type than the filter's passes only what is negated [I]. */
export function passes(value: unknown, filter: ValueFilter): boolean {
  switch (filter.type) {
    case 'string':
      return passesText(typeof value === 'string' ? value : null, filter)
    case 'numeric':
      return typeof value === 'number' && passesNumber(value, filter)
    case 'boolean':
      return value === filter.value
    case 'existence':
      return (value !== undefined && value !== null) === (filter.operator === 'is-set')
    case 'list':
      return (
        (Array.isArray(value) && value.includes(filter.value)) === (filter.operator === 'contains')
      )
    case 'not emulated':
      throw new Error('a filter that is not emulated was let in')
  }
}

/** Compares without regard to case, as Klaviyo's segments do [M]. */
function passesText(
  value: string | null,
  filter: z.infer<typeof string> | z.infer<typeof oneOf>,
): boolean {
  const plain = filter.operator.replace(/^not-/, '')
  const wanted = [filter.value ?? ''].flat().map((each) => each.toLowerCase())
  const is = value !== null && wanted.some((each) => TEXT[plain]?.(value.toLowerCase(), each))
  return is !== filter.operator.startsWith('not-')
}

const TEXT: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  contains: (value, wanted) => value.includes(wanted),
  'ends-with': (value, wanted) => value.endsWith(wanted),
  equals: (value, wanted) => value === wanted,
  in: (value, wanted) => value === wanted,
  'starts-with': (value, wanted) => value.startsWith(wanted),
}

/** Whether a number lies where the filter wants it. */
export function passesNumber(value: number, filter: NumericFilter | z.infer<typeof between>) {
  if (filter.operator === 'between') return value >= filter.start && value <= filter.end
  return NUMBER[filter.operator](value, filter.value)
}

const NUMBER: Readonly<
  Record<NumericFilter['operator'], (value: number, wanted: number) => boolean>
> = {
  equals: (value, wanted) => value === wanted,
  'not-equals': (value, wanted) => value !== wanted,
  'greater-than': (value, wanted) => value > wanted,
  'greater-than-or-equal': (value, wanted) => value >= wanted,
  'less-than': (value, wanted) => value < wanted,
  'less-than-or-equal': (value, wanted) => value <= wanted,
}
