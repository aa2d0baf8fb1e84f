import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js'
import { toText } from './wire.ts'

const E164 = /^\+[1-9]\d{6,14}$/

/**
 * A phone number of an event as E.164 where that can be told; else as it came. Short codes and
 * branded sender names have no E.164 form. `region` is the event's `From Phone Region` or
 * `To Phone Region` (a documented dimension; its values as ISO countries are inferred).
 * Null when there is none.
 */
export function toPhoneNumber(raw: unknown, region: unknown): string | null {
  const text =
    toText(raw)
      ?.trim()
      .replace(/^whatsapp:/i, '') ?? ''
  if (text === '') return null
  if (E164.test(text) || isShortCode(text)) return text

  return (
    parsed(text, toCountry(region)) ??
    (/^\d{10,15}$/.test(text) ? parsed(`+${text}`, null) : null) ??
    text
  )
}

function isShortCode(text: string): boolean {
  return /^\d{3,8}$/.test(text)
}

function parsed(text: string, country: CountryCode | null): string | null {
  const number = parsePhoneNumberFromString(text, country ?? undefined)
  return number?.isPossible() === true ? number.number : null
}

function toCountry(region: unknown): CountryCode | null {
  const code = toText(region)?.trim().toUpperCase() ?? ''
  return isSupportedCountry(code) ? code : null
}
