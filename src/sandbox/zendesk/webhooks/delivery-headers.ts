import { asFields, asText, toWireTime } from '../api/wire.ts'
import type { Webhook, WebhookRecord } from '../entities/webhooks.ts'
import { signDelivery } from './signing.ts'

/**
 * The timestamp is the attempt's real time, so a retry is signed anew.
 * https://developer.zendesk.com/documentation/webhooks/anatomy-of-a-webhook-request/
 */
export function deliveryHeaders(
  { webhook, secret }: WebhookRecord,
  account: number,
  invocationId: string,
  body: string,
): Record<string, string> {
  const timestamp = toWireTime(Date.now())
  return {
    ...webhook.custom_headers,
    ...authenticationHeaders(webhook),
    'user-agent': 'Zendesk Webhook',
    'content-type': 'application/json; charset=utf-8',
    'x-zendesk-account-id': String(account),
    'x-zendesk-webhook-id': webhook.id,
    'x-zendesk-webhook-invocation-id': invocationId,
    'x-zendesk-webhook-signature': signDelivery(secret, timestamp, body),
    'x-zendesk-webhook-signature-timestamp': timestamp,
  }
}

function authenticationHeaders({ authentication }: Webhook): Record<string, string> {
  const data = asFields(authentication?.data)
  const text = (name: string) => asText(data[name]) ?? ''
  switch (authentication?.type) {
    case 'bearer_token':
      return { authorization: `Bearer ${text('token')}` }
    case 'basic_auth': {
      const pair = Buffer.from(`${text('username')}:${text('password')}`).toString('base64')
      return { authorization: `Basic ${pair}` }
    }
    case 'api_key':
      return { [text('name')]: text('value') }
    default:
      return {}
  }
}

/** A signature that fits nothing. */
export function forgedSignature(): string {
  return signDelivery('not the secret', toWireTime(Date.now()), 'not the body')
}
