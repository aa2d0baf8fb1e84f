import { createHash } from 'node:crypto'
import type { ZendeskParts } from '../emulator.ts'
import type { CachedCreate } from '../store.ts'
import { idempotencyMismatch, type Problem } from './errors.ts'

const KEY_LIFE_MS = 2 * 3_600_000

/**
 * What an earlier create with this key answered; null when it is the first. Keys live two hours and
 * are not kept on the ticket.
 * https://developer.zendesk.com/api-reference/ticketing/introduction/#idempotency
 */
export function recallCreate(
  { store, world }: ZendeskParts,
  key: string,
  body: string,
): CachedCreate | Problem | null {
  const known = store.idempotencyKeys.get(key)
  if (known === undefined || known.at + KEY_LIFE_MS <= world.clock.now()) return null
  return known.bodyHash === hash(body) ? known : idempotencyMismatch()
}

export function rememberCreate(
  { store, world }: ZendeskParts,
  key: string,
  created: { readonly body: string; readonly response: unknown; readonly location: string },
): void {
  const { body, response, location } = created
  const at = world.clock.now()
  store.idempotencyKeys.set(key, { bodyHash: hash(body), response, location, at })
}

function hash(body: string): string {
  return createHash('sha256').update(body).digest('hex')
}
