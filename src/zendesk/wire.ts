/**
 * Zendesk's loose types, read once. In webhooks ids are strings and "none" is `""`, `"0"` or null;
 * in the REST API they are numbers and null (seen in recorded deliveries and answers). An optional
 * field of the wrong type counts as absent: it must never cost us the rest of the payload.
 *
 * https://developer.zendesk.com/api-reference/webhooks/event-types/ticket-events/
 */

import { z } from 'zod'
import { type Instant, parseInstant } from '../kernel/instant.ts'

/** A decimal id as a string, or null for every way of saying none. */
export function toId(raw: unknown): string | null {
  const text = typeof raw === 'number' ? String(raw) : raw
  return typeof text === 'string' && /^\d{1,20}$/.test(text) && !/^0+$/.test(text) ? text : null
}

/** The number that the REST API documents for ids in request bodies. */
export function toWireId(id: string): number {
  return Number(id)
}

/** An id that may be missing. */
export function optionalId<Id extends string = string>() {
  return z
    .unknown()
    .optional()
    .transform((raw) => toId(raw) as Id | null)
}

/** An id we cannot do without. */
export function neededId<Id extends string = string>() {
  return z
    .unknown()
    .optional()
    .transform((raw, context): Id => {
      const id = toId(raw)
      if (id !== null) return id as Id
      context.addIssue({ code: 'custom', message: raw === undefined ? 'missing' : 'not an id' })
      return z.NEVER
    })
}

/** Text, or null when absent, empty or not text. */
export const optionalText = z
  .unknown()
  .optional()
  .transform((raw) => (typeof raw === 'string' && raw !== '' ? raw : null))

/** Text, or the empty string. */
export const textOrEmpty = z
  .unknown()
  .optional()
  .transform((raw) => (typeof raw === 'string' ? raw : ''))

/** A time, or null when absent or unreadable. */
export const optionalInstant = z
  .unknown()
  .optional()
  .transform((raw): Instant | null => (typeof raw === 'string' ? parseInstant(raw) : null))

/** A time we cannot do without. */
export const neededInstant = z
  .unknown()
  .optional()
  .transform((raw, context): Instant => {
    const at = typeof raw === 'string' ? parseInstant(raw) : null
    if (at !== null) return at
    context.addIssue({ code: 'custom', message: raw === undefined ? 'missing' : 'not a time' })
    return z.NEVER
  })

/** An array, or one space-joined string, of tags. */
export const tagList = z
  .unknown()
  .optional()
  .transform((raw): readonly string[] => {
    const parts = typeof raw === 'string' ? raw.split(/\s+/) : Array.isArray(raw) ? raw : []
    return parts.filter((part): part is string => typeof part === 'string' && part !== '')
  })

/** True or false, also spelled as text; null when absent or anything else. */
export function toFlag(raw: unknown): boolean | null {
  if (typeof raw === 'boolean') return raw
  const word = typeof raw === 'string' ? raw.toLowerCase() : null
  return word === 'true' ? true : word === 'false' ? false : null
}

/** A flag that may be missing. */
export const optionalFlag = z.unknown().optional().transform(toFlag)

/** An object, or an empty one when absent or anything else. */
export const looseRecord = z
  .unknown()
  .optional()
  .transform((raw) =>
    raw !== null && typeof raw === 'object' && !Array.isArray(raw)
      ? (raw as Readonly<Record<string, unknown>>)
      : {},
  )
