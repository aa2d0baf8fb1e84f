import { createHmac, randomBytes } from 'node:crypto'
import { isSameSecret } from './same-secret.ts'

/*
 * A browser in which somebody signed in keeps a mark: a random id and its seal for that one name. It
 * opens nothing. It says only that this browser's tries are not a stranger's, so that strangers cannot
 * use them up. Who holds it learns no name from it.
 */

/** For as long as browsers keep a cookie at most, about. */
export const KNOWN_BROWSER_LIFE_MS = 365 * 24 * 60 * 60 * 1_000

/** The key that seals the marks; tells nothing about the secret key it is made of. */
export function deriveBrowserKey(secretKey: Buffer): Buffer {
  return createHmac('sha256', secretKey).update('replyline known browsers').digest()
}

/** A new mark, for who has just proven to have this name. */
export function markBrowser(key: Buffer, nameKey: string): string {
  const id = randomBytes(16).toString('base64url')
  return `${id}.${sealOf(key, id, nameKey)}`
}

/** The browser's id; null when the mark is missing, forged, or was made for another name. */
export function findKnownBrowser(
  key: Buffer,
  mark: string | undefined,
  nameKey: string,
): string | null {
  const [id = '', seal = ''] = mark?.split('.') ?? []
  return isSameSecret(seal, sealOf(key, id, nameKey)) ? id : null
}

function sealOf(key: Buffer, id: string, nameKey: string): string {
  return createHmac('sha256', key).update(`${id} ${nameKey}`).digest('base64url')
}
