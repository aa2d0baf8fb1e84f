import { createHmac } from 'node:crypto'

/**
 * Lowercase hex of HMAC-SHA256 over the raw body followed by the `Klaviyo-Timestamp` header, with
 * nothing between them. [V3: five public verifiers agree; the vendor's page says HMAC-SHA256]
 * https://developers.klaviyo.com/en/docs/working_with_system_webhooks
 */
export function signDelivery(secretKey: string, rawBody: string, timestamp: string): string {
  return createHmac('sha256', secretKey).update(rawBody).update(timestamp).digest('hex')
}

/** IMF-fixdate, as the `Klaviyo-Timestamp` header has it. */
export function toHttpDate(at: number): string {
  return new Date(at).toUTCString()
}
