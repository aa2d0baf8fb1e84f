import { type CallLog, createCallLog } from './core/calls.ts'
import { type Changes, createChanges } from './core/changes.ts'
import { createSandboxClock, type SandboxClock } from './core/clock.ts'
import { createFaults, type Faults } from './core/faults.ts'
import type { Platform } from './core/platform.ts'
import { createRateLimits, type RateLimits } from './core/rate-limit.ts'
import { createSettings, type Settings } from './core/settings.ts'
import { createWebhookSender, type WebhookSender } from './core/webhook-sender.ts'

/** What both emulated platforms live in. */
export type World = {
  readonly changes: Changes
  readonly clock: SandboxClock
  readonly calls: CallLog
  readonly faults: Faults
  readonly limits: RateLimits
  readonly settings: Settings
  readonly webhooks: Readonly<Record<Platform, WebhookSender>>
  /** Forgets calls, faults, counters, waiting deliveries and switches. Time is kept. */
  reset(): void
  close(): void
}

export function createWorld(): World {
  const changes = createChanges()
  const clock = createSandboxClock()
  const calls = createCallLog()
  const faults = createFaults()
  const limits = createRateLimits(clock)
  const settings = createSettings()
  const webhooks = { zendesk: createWebhookSender(clock), klaviyo: createWebhookSender(clock) }

  clock.onAdvance(changes.note)

  return {
    changes,
    clock,
    calls,
    faults,
    limits,
    settings,
    webhooks,
    reset() {
      for (const part of [calls, faults, limits]) part.clear()
      for (const part of [settings, webhooks.zendesk, webhooks.klaviyo]) part.reset()
    },
    close() {
      for (const sender of Object.values(webhooks)) sender.close()
    },
  }
}
