import type { SandboxClock } from '../../core/clock.ts'
import type { SandboxTimers } from '../../core/timers.ts'
import type { RetryPolicy, WebhookSender } from '../../core/webhook-sender.ts'
import type { Account, KlaviyoEvent, Metric, Webhook } from '../entities.ts'
import { toDeliveredEvent } from '../events/event-resource.ts'
import type { Switches } from '../switches/switches.ts'
import { signDelivery, toHttpDate } from './signing.ts'
import { isTopicOf, topicOf } from './topics.ts'

const SECOND = 1_000
const HOUR = 3_600 * SECOND

/** "Up to 1,000 events per request" [V3]. */
const MOST_EVENTS_PER_DELIVERY = 1_000
const FIRST_RETRY_MS = 5 * SECOND
const LONGEST_RETRY_MS = HOUR
/** A webhook that failed this long is disabled, and what it missed is not sent later [V3]. */
const DISABLED_AFTER_MS = 48 * HOUR

export type WebhookDelivery = {
  /** Puts the event into the next delivery of each enabled webhook that has its topic. */
  offer(account: Account, metric: Metric, event: KlaviyoEvent): void
  /** Forgets what waits. */
  clear(): void
}

type Item = Record<string, unknown>

export function createWebhookDelivery(parts: {
  readonly clock: SandboxClock
  readonly timers: SandboxTimers
  readonly sender: WebhookSender
  readonly switches: Switches
}): WebhookDelivery {
  const { clock, timers, sender, switches } = parts
  const waiting = new Map<Webhook, Item[]>()
  /** Since when a webhook has done nothing but fail. */
  const failingSince = new Map<Webhook, number>()

  function flush(account: Account, webhook: Webhook): void {
    const items = waiting.get(webhook) ?? []
    waiting.delete(webhook)
    for (let from = 0; from < items.length; from += MOST_EVENTS_PER_DELIVERY) {
      send(account, webhook, items.slice(from, from + MOST_EVENTS_PER_DELIVERY))
    }
  }

  function send(account: Account, webhook: Webhook, items: readonly Item[]): void {
    if (!isActive(account, webhook)) return
    const from = switches.webhookAccountId() === 'present' ? { klaviyo_account_id: account.id } : {}
    const body = JSON.stringify(toDelivery(from, webhook, items, clock.now()))
    // Made once: a retried delivery keeps its first timestamp and signature [I].
    const headers = toHeaders(webhook, body)
    sender.enqueue({
      endpoint: webhook.endpointUrl,
      body,
      headers: () => headers,
      forge: (honest) => ({ ...honest, 'Klaviyo-Signature': '0'.repeat(64) }),
      retry: (attempt, status, retryAfter) => {
        // Noted here, not in onOutcome, because it decides whether there is a next attempt.
        noteOutcome(webhook, isAccepted(status))
        return isActive(account, webhook) ? nextWait(attempt, status, retryAfter) : null
      },
    })
  }

  function noteOutcome(webhook: Webhook, accepted: boolean): void {
    if (accepted) {
      failingSince.delete(webhook)
      return
    }
    const since = failingSince.get(webhook) ?? clock.now()
    failingSince.set(webhook, since)
    if (clock.now() - since < DISABLED_AFTER_MS) return
    webhook.enabled = false
    webhook.updatedAt = clock.now()
    failingSince.delete(webhook)
  }

  return {
    offer(account, metric, event) {
      const topic = topicOf(metric, switches)
      if (topic === null) return
      for (const webhook of account.webhooks.values()) {
        if (!webhook.enabled || !isTopicOf(metric, webhook.topics)) continue
        if (clock.now() < webhook.createdAt + switches.webhookStartDelayMs()) continue
        const items = waiting.get(webhook)
        const item = toDeliveredEvent(event, topic)
        if (items !== undefined) {
          items.push(item)
          continue
        }
        waiting.set(webhook, [item])
        timers.at(clock.now() + switches.webhookBatchMs(), () => flush(account, webhook))
      }
    },

    clear() {
      waiting.clear()
      failingSince.clear()
    },
  }
}

/** Exponential from 5 s to 1 h. https://developers.klaviyo.com/en/docs/working_with_system_webhooks */
export const nextWait: RetryPolicy = (attempt, status) =>
  isAccepted(status) ? null : Math.min(FIRST_RETRY_MS * 2 ** (attempt - 1), LONGEST_RETRY_MS)

/** Only 200, 201 and 202 count as success [V3]. */
function isAccepted(status: number | null): boolean {
  return status === 200 || status === 201 || status === 202
}

function isActive(account: Account, webhook: Webhook): boolean {
  return webhook.enabled && account.webhooks.get(webhook.id) === webhook
}

function toDelivery(from: object, webhook: Webhook, items: readonly Item[], now: number) {
  return {
    meta: {
      timestamp: `${new Date(now).toISOString().slice(0, -1)}000+00:00`,
      klaviyo_webhook_id: webhook.id,
      ...from,
      // The payload's own version, which is not the revision of any request.
      version: '2023-06-03',
    },
    data: items,
  }
}

/** The timestamp is real time, so that an advanced sandbox clock spoils no signature check. */
function toHeaders(webhook: Webhook, body: string): Record<string, string> {
  const timestamp = toHttpDate(Date.now())
  return {
    'Content-Type': 'application/json',
    'Klaviyo-Webhook-Id': webhook.id,
    'Klaviyo-Timestamp': timestamp,
    'Klaviyo-Signature': signDelivery(webhook.secretKey, body, timestamp),
  }
}
