import { HOUR, type Instant, parseInstant, SECOND } from '../kernel/instant.ts'

const LONGEST_WAIT_MS = HOUR
const IMF_FIXDATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/**
 * Reads a `Retry-After` header as milliseconds from `now`, between none and one hour.
 * Null when there is no header or it says nothing usable.
 *
 * https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterMs(header: string | null, now: Instant): number | null {
  const text = header?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(text)) return clamp(Number(text) * SECOND)
  if (!IMF_FIXDATE.test(text)) return null

  const at = parseInstant(text)
  return at === null ? null : clamp(at - now)
}

function clamp(ms: number): number {
  return Math.round(Math.min(Math.max(ms, 0), LONGEST_WAIT_MS))
}
