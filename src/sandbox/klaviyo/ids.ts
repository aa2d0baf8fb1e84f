import { createHash, randomBytes } from 'node:crypto'

const BASE_62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const BASE_32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * An id that is the same after every reset. For what a receiver may have stored: metrics,
 * conversations and seeded profiles. Metric ids have six characters in Klaviyo's examples.
 */
export function stableId(length: number, ...parts: readonly string[]): string {
  return spell(hash(parts), BASE_62, length)
}

/** A stable id that looks like a profile's: a ULID. */
export function stableUlid(...parts: readonly string[]): string {
  return `01${spell(hash(parts), BASE_32, 24)}`
}

/** Never repeated, also not after a reset: receivers drop events whose id they have seen. */
export function newEventId(): string {
  return spell(randomBytes(11), BASE_62, 11)
}

/** Flows, their messages and segments have six characters in Klaviyo's examples. */
export function newFlowId(): string {
  return spell(randomBytes(6), BASE_62, 6)
}

/** Webhook ids are 64 hex characters in Klaviyo's examples. */
export function newWebhookId(): string {
  return randomBytes(32).toString('hex')
}

function hash(parts: readonly string[]): Buffer {
  return createHash('sha256').update(parts.join('\n')).digest()
}

function spell(bytes: Buffer, alphabet: string, length: number): string {
  return [...bytes.subarray(0, length)].map((byte) => alphabet[byte % alphabet.length]).join('')
}
