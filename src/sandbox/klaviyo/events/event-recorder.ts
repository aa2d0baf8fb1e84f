import { randomUUID } from 'node:crypto'
import type { SandboxClock } from '../../core/clock.ts'
import type { SandboxTimers } from '../../core/timers.ts'
import type { Account, KlaviyoEvent, Metric, Profile } from '../entities.ts'
import { newEventId } from '../ids.ts'
import type { Switches } from '../switches/switches.ts'
import type { WebhookDelivery } from '../webhooks/webhook-delivery.ts'

type EventToRecord = {
  readonly account: Account
  readonly profile: Profile
  readonly metric: Metric
  readonly properties: Readonly<Record<string, unknown>>
  /** Milliseconds; cut to the second. Now, when not given. */
  readonly at?: number | undefined
  /** The second, when not given: then only one event per profile, metric and second is kept. */
  readonly uniqueId?: string | undefined
  readonly value?: number | null | undefined
  /** Recorded, and no flow starts. */
  readonly isBackfill?: boolean
}

type RecordedEvent = {
  readonly account: Account
  readonly event: KlaviyoEvent
  readonly isBackfill: boolean
}

export type EventRecorder = {
  /** Answers the id that the event will have, even while it waits for `event_lag_ms`. */
  record(event: EventToRecord): string
  /** Hears of every event that was kept, once it is visible. */
  onRecorded(listener: (recorded: RecordedEvent) => void): void
}

export function createEventRecorder(parts: {
  readonly clock: SandboxClock
  readonly timers: SandboxTimers
  readonly switches: Switches
  readonly deliveries: WebhookDelivery
}): EventRecorder {
  const { clock, timers, switches, deliveries } = parts
  const listeners: ((recorded: RecordedEvent) => void)[] = []

  function keep(id: string, input: EventToRecord, at: number): void {
    const { account, metric, profile } = input
    const uniqueId = input.uniqueId ?? String(at / 1000)
    const stored = account.events.add({
      id,
      uuid: randomUUID(),
      metricId: metric.id,
      profileId: profile.id,
      at,
      properties: { ...input.properties, $event_id: uniqueId },
      uniqueId,
      value: input.value ?? null,
    })
    if (stored === null) return
    profile.lastEventAt = Math.max(profile.lastEventAt ?? 0, at)
    deliveries.offer(account, metric, stored)
    const isBackfill = input.isBackfill ?? false
    for (const listener of listeners) listener({ account, event: stored, isBackfill })
  }

  return {
    onRecorded(listener) {
      listeners.push(listener)
    },

    record(input) {
      const id = newEventId()
      const at = Math.floor((input.at ?? clock.now()) / 1000) * 1000
      const lagMs = switches.eventLagMs()
      if (lagMs === 0) keep(id, input, at)
      else timers.at(clock.now() + lagMs, () => keep(id, input, at))
      return id
    },
  }
}
