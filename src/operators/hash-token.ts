import { createHash } from 'node:crypto'

/** What is kept of a token or a session: each has 256 random bits, so a plain hash is enough. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
