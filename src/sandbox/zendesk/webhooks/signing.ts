import { createHmac, randomBytes } from 'node:crypto'

/**
 * The key is the secret's own characters, not the bytes that they encode.
 * https://developer.zendesk.com/documentation/webhooks/verifying/
 */
export function signDelivery(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret)
    .update(timestamp + body, 'utf8')
    .digest('base64')
}

export function newSigningSecret(): string {
  return randomBytes(32).toString('base64')
}
