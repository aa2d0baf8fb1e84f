import { ulid } from '../core/ids.ts'
import type { OutgoingDelivery } from '../core/webhook-sender.ts'
import type { World } from '../world.ts'
import type { ZendeskDoubts } from './doubts.ts'
import type { Invocation, Webhook, WebhookRecord } from './entities.ts'
import { signDelivery } from './signing.ts'
import type { ZendeskStore } from './store.ts'
import { ACCOUNT_ID } from './webhook-events.ts'
import { retryPolicy } from './webhook-retries.ts'
import { asFields, asText, toWireTime } from './wire.ts'

export type EventDelivery = ReturnType<typeof createEventDelivery>

type Outcome = Parameters<NonNullable<OutgoingDelivery['onOutcome']>>[0]

const INVOCATIONS_KEPT = 1_000

/** Sends event bodies to every active webhook that subscribes to their type. */
export function createEventDelivery(world: World, store: ZendeskStore, doubts: ZendeskDoubts) {
  const retry = retryPolicy(doubts)

  function deliver(record: WebhookRecord, eventType: string, body: string): void {
    const invocation = openInvocation(record, eventType, world.clock.now())
    world.webhooks.zendesk.enqueue({
      endpoint: record.webhook.endpoint,
      body,
      retry,
      headers: () => deliveryHeaders(record, invocation.id, body),
      forge: (headers) => ({ ...headers, 'x-zendesk-webhook-signature': forgedSignature() }),
      onOutcome: (outcome) => noteOutcome(invocation, body, outcome),
    })
  }

  return {
    send(eventType: string, body: () => string): void {
      const receivers = [...store.webhooks.values()].filter(
        ({ webhook }) => webhook.status === 'active' && webhook.subscriptions.includes(eventType),
      )
      if (receivers.length === 0) return
      const text = body()
      for (const record of receivers) deliver(record, eventType, text)
    },
  }
}

/**
 * The timestamp is the attempt's real time, so a retry is signed anew.
 * https://developer.zendesk.com/documentation/webhooks/anatomy-of-a-webhook-request/
 */
function deliveryHeaders(
  { webhook, secret }: WebhookRecord,
  invocationId: string,
  body: string,
): Record<string, string> {
  const timestamp = toWireTime(Date.now())
  return {
    ...webhook.custom_headers,
    ...authenticationHeaders(webhook),
    'user-agent': 'Zendesk Webhook',
    'content-type': 'application/json; charset=utf-8',
    'x-zendesk-account-id': String(ACCOUNT_ID),
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

function forgedSignature(): string {
  return signDelivery('not the secret', toWireTime(Date.now()), 'not the body')
}

function openInvocation(record: WebhookRecord, eventType: string, now: number): Invocation {
  const invocation: Invocation = {
    id: ulid(now),
    webhook_id: record.webhook.id,
    event_type: eventType,
    status: 'accepted',
    created_at: toWireTime(now),
    latest_completed_at: null,
    attempts: [],
  }
  record.invocations.push(invocation)
  if (record.invocations.length > INVOCATIONS_KEPT) record.invocations.shift()
  return invocation
}

function noteOutcome(invocation: Invocation, body: string, outcome: Outcome): void {
  invocation.status = outcome.retryAt === null ? finalStatus(outcome) : 'accepted'
  invocation.latest_completed_at = toWireTime(outcome.endedAt)
  invocation.attempts.push({
    id: ulid(outcome.startedAt),
    invocation_id: invocation.id,
    status: attemptStatus(outcome),
    request: { headers: outcome.requestHeaders, payload: body },
    response_code: outcome.status,
    response_headers: outcome.responseHeaders,
    response_body: outcome.responseBody,
    created_at: toWireTime(outcome.startedAt),
    duration_ms: outcome.endedAt - outcome.startedAt,
  })
}

/** A 403 was recorded as `terminated` after one attempt; the other refusals are taken alike [I]. */
function finalStatus(outcome: Outcome): string {
  const { status } = outcome
  const isRefusal = status !== null && status >= 400 && status < 500
  return isRefusal && outcome.attempt === 1 ? 'terminated' : attemptStatus(outcome)
}

function attemptStatus({ status, failure }: Outcome): string {
  if (status === null) return failure === 'timeout' ? 'timeout' : 'failed'
  if (status < 300) return 'success'
  if (status < 400) return 'failed'
  return status < 500 ? 'client error' : 'server error'
}
