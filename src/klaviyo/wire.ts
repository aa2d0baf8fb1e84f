import { z } from 'zod'
import { type Instant, parseInstant } from '../kernel/instant.ts'

/** Text, or null when absent, empty or not text. A number is taken as its digits. */
export function toText(raw: unknown): string | null {
  const text = typeof raw === 'number' ? String(raw) : raw
  return typeof text === 'string' && text !== '' ? text : null
}

/** Text that may be missing; a field of the wrong type counts as missing. */
export const optionalText = z.unknown().optional().transform(toText)

/** A time that may be missing. Klaviyo writes it with a `T` or with a space. */
export const optionalInstant = z
  .unknown()
  .optional()
  .transform((raw): Instant | null => (typeof raw === 'string' ? parseInstant(raw) : null))

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The id of a to-one relationship, `{"data": {"type", "id"}}`; null when absent. */
export const relatedId = z
  .looseObject({ data: z.looseObject({ id: optionalText }) })
  .transform((relationship) => relationship.data.id)
  .catch(null)

/** The ids of a to-many relationship; empty when absent. */
export const relatedIds = z
  .looseObject({ data: z.array(z.looseObject({ id: z.string() })) })
  .transform((relationship): readonly string[] => relationship.data.map(({ id }) => id))
  .catch([])

/** Quotes a value inside a filter expression. https://developers.klaviyo.com/en/docs/filtering_ */
export function quoted(value: string): string {
  return `"${value.replace(/[\\"]/g, (character) => `\\${character}`)}"`
}
