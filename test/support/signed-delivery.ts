import { createHmac } from 'node:crypto'

/** A webhook request as a platform sends it. */
export type SignedDelivery = {
  readonly platform: 'zendesk' | 'klaviyo'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer
}

type Signing = { readonly secret: string; readonly at: number }

/** Signs as Zendesk does: base64 of the HMAC over timestamp, then body. Written apart from the verifier. */
export function fromZendesk(content: unknown, { secret, at }: Signing): SignedDelivery {
  const body = toBody(content)
  const timestamp = new Date(at).toISOString()
  const signature = createHmac('sha256', secret).update(timestamp).update(body).digest('base64')
  return {
    platform: 'zendesk',
    headers: {
      'x-zendesk-webhook-signature': signature,
      'x-zendesk-webhook-signature-timestamp': timestamp,
    },
    body,
  }
}

/** Signs as Klaviyo does: hex of the HMAC over body, then timestamp, whose finest unit is the second. */
export function fromKlaviyo(content: unknown, { secret, at }: Signing): SignedDelivery {
  const body = toBody(content)
  const timestamp = new Date(at).toUTCString()
  const signature = createHmac('sha256', secret).update(body).update(timestamp).digest('hex')
  return {
    platform: 'klaviyo',
    headers: {
      'klaviyo-signature': signature,
      'klaviyo-timestamp': timestamp,
      'klaviyo-webhook-id': WEBHOOK_ID,
    },
    body,
  }
}

export const WEBHOOK_ID = 'a8b890458b4bbfaa26d961471b83c101d6de23bd826e7e5173a15310985ec3cb'

/** Text and bytes are sent as they are, everything else as JSON. */
function toBody(content: unknown): string | Buffer {
  return typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content)
}

/** The same request with headers changed; null leaves one out. */
export function withHeaders(
  delivery: SignedDelivery,
  changes: Readonly<Record<string, string | null>>,
): SignedDelivery {
  const headers = Object.entries({ ...delivery.headers, ...changes })
  return {
    ...delivery,
    headers: Object.fromEntries(
      headers.filter((entry): entry is [string, string] => entry[1] !== null),
    ),
  }
}
