import { parsePhoneNumberFromString } from 'libphonenumber-js'

/**
 * E.164, or null when it is no possible international number. Klaviyo answers 400 to an invalid
 * number; how strictly it looks is not known, so only the form and the length count here [?].
 */
export function parsePhoneNumber(text: string): string | null {
  if (!/^\+\d+$/.test(text)) return null
  const parsed = parsePhoneNumberFromString(text)
  return parsed?.isPossible() ? parsed.number : null
}

/** The two-letter region of a number, or null, as for short codes. */
export function regionOf(number: string): string | null {
  return parsePhoneNumberFromString(number)?.country ?? null
}
