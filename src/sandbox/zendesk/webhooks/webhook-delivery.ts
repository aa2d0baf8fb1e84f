import { ulid } from '../../core/ids.ts'
import { createSandboxTimers } from '../../core/timers.ts'
import type { OutgoingDelivery } from '../../core/webhook-sender.ts'
import type { World } from '../../world.ts'
import { toWireTime } from '../api/wire.ts'
import type { ZendeskDoubts } from '../doubts.ts'
import type { Invocation, WebhookRecord } from '../entities/webhooks.ts'
import type { ZendeskStore } from '../store.ts'
import { deliveryHeaders, forgedSignature } from './delivery-headers.ts'
import { noteForBreaker } from './webhook-breaker.ts'
import { retryPolicy } from './webhook-retries.ts'

export type EventDelivery = ReturnType<typeof createEventDelivery>

type Outcome = Parameters<NonNullable<OutgoingDelivery['onOutcome']>>[0]

/** What a webhook that triggers and automations call subscribes to. */
export const RULE_EVENTS = 'conditional_ticket_events'

const INVOCATIONS_KEPT = 1_000

/** Sends event bodies to every active webhook that subscribes to their type. */
export function createEventDelivery(world: World, store: ZendeskStore, doubts: ZendeskDoubts) {
  const retry = retryPolicy(doubts)

  const timers = createSandboxTimers(world.clock)

  function deliver(record: WebhookRecord, eventType: string, body: string): void {
    const now = world.clock.now()
    const invocation = openInvocation(record, eventType, now)
    const isOpen = doubts.circuitBreaker() === 'on' && record.breaker.openUntil > now
    if (!isOpen) {
      enqueue(record, invocation, body)
      return
    }
    // Recorded: such an invocation was tried minutes later, under the same id.
    invocation.status = 'circuit broken'
    timers.at(record.breaker.openUntil, () => {
      if (store.webhooks.get(record.webhook.id) === record) enqueue(record, invocation, body)
    })
  }

  function enqueue(record: WebhookRecord, invocation: Invocation, body: string): void {
    world.webhooks.zendesk.enqueue({
      endpoint: record.webhook.endpoint,
      body,
      retry,
      headers: () => deliveryHeaders(record, store.account.number, invocation.id, body),
      forge: (headers) => ({ ...headers, 'x-zendesk-webhook-signature': forgedSignature() }),
      onOutcome: (outcome) => {
        noteForBreaker(record, attemptStatus(outcome) !== 'success', world.clock.now())
        noteOutcome(invocation, body, outcome)
      },
    })
  }

  return {
    /** For rules that name a webhook; one that is absent or inactive is told nothing. */
    sendTo(webhookId: string, body: string): void {
      const record = store.webhooks.get(webhookId)
      if (record?.webhook.status === 'active') deliver(record, RULE_EVENTS, body)
    },

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
