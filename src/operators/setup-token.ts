import { createHmac } from 'node:crypto'

/**
 * What the first owner has to show. Made of the installation's secret key, so that all copies and all
 * starts name the same one and nothing is stored; it tells nothing about the key.
 */
export function deriveSetupToken(secretKey: Buffer): string {
  return createHmac('sha256', secretKey).update('replyline first owner').digest('base64url')
}
