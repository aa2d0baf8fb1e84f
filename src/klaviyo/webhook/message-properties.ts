import { toPhoneNumber } from '../phone-number.ts'
import { toText } from '../wire.ts'
import type { MarketingOrigin } from './klaviyo-event.ts'

type Properties = Readonly<Record<string, unknown>>

/** The names under which each part of a message is looked for, the likeliest first. */
export const MESSAGE_PROPERTIES = {
  body: ['Message Body', 'message_body', 'Body'],
  from: ['From Number', 'from_number'],
  to: ['To Number', 'to_number'],
} as const

/**
 * The text of a message, empty included; null when no property holds one. `Message Body` is read
 * in production on the WhatsApp twins; no recording of the SMS event is public, hence the others.
 */
export function messageBody(properties: Properties): string | null {
  const found = MESSAGE_PROPERTIES.body
    .map((name) => properties[name])
    .find((value) => typeof value === 'string')
  return typeof found === 'string' ? found : null
}

/** Who it came from. `From Number` and `To Number` are documented dimensions of these metrics. */
export function fromNumber(properties: Properties): string | null {
  return toPhoneNumber(
    firstOf(properties, MESSAGE_PROPERTIES.from),
    properties['From Phone Region'],
  )
}

/** Who it went to; for a customer message, the brand’s own number (inferred). */
export function toNumber(properties: Properties): string | null {
  return toPhoneNumber(firstOf(properties, MESSAGE_PROPERTIES.to), properties['To Phone Region'])
}

function firstOf(properties: Properties, names: readonly string[]): unknown {
  return names.map((name) => properties[name]).find((value) => value != null)
}

/** `$message`, `$flow`, `Campaign Name` and `Message Name` are documented dimensions. */
export function marketingOrigin(properties: Properties): MarketingOrigin {
  const origin = {
    message: toText(properties.$message),
    flow: toText(properties.$flow),
    campaignName: toText(properties['Campaign Name']),
    messageName: toText(properties['Message Name']),
  }
  return Object.values(origin).every((value) => value === null) ? null : origin
}
