import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Brand } from '../../kernel/brand.ts'
import { type Instant, MINUTE, parseInstant } from '../../kernel/instant.ts'
import { err, ok, type Result } from '../../kernel/result.ts'

/** The request's text, proven to come from Zendesk. Only `verifyZendeskDelivery` makes one. */
export type VerifiedBody = Brand<string, 'ZendeskVerifiedBody'>

/** Why a delivery is not accepted; `stale` means genuine, but too old or too new. */
export type VerificationProblem = 'missing_signature' | 'bad_signature' | 'bad_timestamp' | 'stale'

/** Request headers, looked up in any case; several of one name joined by `, ` or refused before. */
export type DeliveryHeaders = { get(name: string): string | null }

/** Zendesk prescribes none; the header carries the time of the attempt, retries included (seen). */
export const TOLERANCE_MS = 5 * MINUTE

/**
 * Checks `base64(HMAC-SHA256(secret, timestamp + body))` against the webhook's signing secrets.
 *
 * Pass the bytes as received: parsing and re-serialising JSON changes them. Pass two secrets while
 * one is being rotated. Only the exact signature passes: no missing padding, no base64url, no two
 * values in one header. Never throws: a malformed header is a problem, not a crash.
 *
 * https://developer.zendesk.com/documentation/webhooks/verifying/
 */
export function verifyZendeskDelivery(
  delivery: { readonly headers: DeliveryHeaders; readonly rawBody: Buffer },
  secrets: readonly string[],
  now: Instant,
): Result<VerifiedBody, VerificationProblem> {
  const signature = delivery.headers.get('x-zendesk-webhook-signature')
  const timestamp = delivery.headers.get('x-zendesk-webhook-signature-timestamp')
  if (signature === null || timestamp === null) return err('missing_signature')

  const signedAt = parseInstant(timestamp)
  if (signedAt === null) return err('bad_timestamp')

  const matches = secrets
    .filter((secret) => secret !== '')
    .some((secret) => sameBytes(signature, sign(timestamp, delivery.rawBody, secret)))
  if (!matches) return err('bad_signature')
  if (Math.abs(now - signedAt) > TOLERANCE_MS) return err('stale')
  return ok(delivery.rawBody.toString('utf8') as VerifiedBody)
}

function sign(timestamp: string, body: Buffer, secret: string): string {
  return createHmac('sha256', secret).update(timestamp, 'utf8').update(body).digest('base64')
}

function sameBytes(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
