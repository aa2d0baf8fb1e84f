import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Brand } from '../../kernel/brand.ts'
import { HOUR, type Instant, MINUTE, parseInstant } from '../../kernel/instant.ts'
import { err, ok, type Result } from '../../kernel/result.ts'

/** The request's text, proven to come from Klaviyo. Only `verifyKlaviyoDelivery` makes one. */
export type VerifiedBody = Brand<string, 'KlaviyoVerifiedBody'>

/** Why a delivery is not accepted; `stale` means genuine, but too old or too new. */
export type VerificationProblem = 'missing_signature' | 'bad_signature' | 'bad_timestamp' | 'stale'

/** Request headers, looked up in any case; several of one name joined by `, ` or refused before. */
export type DeliveryHeaders = { get(name: string): string | null }

/**
 * Klaviyo retries for 48 hours and may keep the first attempt's timestamp (inferred), so a narrow
 * window would lose what it exists to bring back. Replays are stopped by the event ids instead.
 */
export const OLDEST_MS = 49 * HOUR
/** How far ahead of ours Klaviyo’s clock may run. */
export const NEWEST_MS = 5 * MINUTE

/**
 * Checks `hex(HMAC-SHA256(secret, body + timestamp))` against the webhook's secret keys.
 *
 * Body first, then the `Klaviyo-Timestamp` header exactly as sent (five independent verifiers
 * agree; the documentation names only the algorithm). Pass the bytes as received, and two secrets
 * while one is being rotated. Only lower-case hex passes. Never throws.
 *
 * https://developers.klaviyo.com/en/docs/working_with_system_webhooks
 */
export function verifyKlaviyoDelivery(
  delivery: { readonly headers: DeliveryHeaders; readonly rawBody: Buffer },
  secrets: readonly string[],
  now: Instant,
): Result<VerifiedBody, VerificationProblem> {
  const signature = delivery.headers.get('klaviyo-signature')
  const timestamp = delivery.headers.get('klaviyo-timestamp')
  if (signature === null || timestamp === null) return err('missing_signature')

  const signedAt = parseInstant(timestamp)
  if (signedAt === null) return err('bad_timestamp')

  const matches = secrets
    .filter((secret) => secret !== '')
    .some((secret) => sameBytes(signature, sign(timestamp, delivery.rawBody, secret)))
  if (!matches) return err('bad_signature')

  const ageMs = now - signedAt
  if (ageMs > OLDEST_MS || ageMs < -NEWEST_MS) return err('stale')
  return ok(delivery.rawBody.toString('utf8') as VerifiedBody)
}

function sign(timestamp: string, body: Buffer, secret: string): string {
  return createHmac('sha256', secret).update(body).update(timestamp, 'utf8').digest('hex')
}

function sameBytes(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
