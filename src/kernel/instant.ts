import type { Brand } from './brand.ts'

/** Milliseconds since the Unix epoch, UTC. */
export type Instant = Brand<number, 'Instant'>

/** Gives the present. The only clock below `app.ts` is one of these, handed in. */
export type Clock = { now(): Instant }

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE

export function instant(ms: number): Instant {
  return ms as Instant
}

/**
 * Reads the platforms' time formats: ISO 8601 with `T` or a space, with or without fractions
 * (Zendesk sends nanoseconds, Klaviyo a space), and IMF-fixdate. Null when it is none of these.
 */
export function parseInstant(text: string): Instant | null {
  const iso = text.trim().replace(/^(\d{4}-\d{2}-\d{2}) (\d)/, '$1T$2')
  const ms = Date.parse(iso.replace(/(\.\d{3})\d+/, '$1'))
  return Number.isNaN(ms) ? null : instant(ms)
}

export function toIso(at: Instant): string {
  return new Date(at).toISOString()
}
