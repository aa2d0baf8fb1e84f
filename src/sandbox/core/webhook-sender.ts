import { createBoundedQueue } from './bounded-queue.ts'
import type { SandboxClock } from './clock.ts'
import { createSandboxTimers } from './timers.ts'
import { type AttemptOutcome, attemptDelivery } from './webhook-attempt.ts'
import { chance, NO_MISBEHAVIOUR, type WebhookBehaviour } from './webhook-behaviour.ts'

/** How long to wait before the next attempt, or null to let the delivery go. */
export type RetryPolicy = (
  /** 1 for the first attempt, which has just ended. */
  attempt: number,
  /** null: no answer within the timeout, or no connection. */
  status: number | null,
  retryAfterHeader: string | null,
) => number | null

export type OutgoingDelivery = {
  readonly endpoint: string
  readonly body: string
  readonly retry: RetryPolicy
  /** Built anew for each attempt, because signatures carry the attempt's own real time. */
  headers(attempt: number): Record<string, string>
  /** Spoils the headers of a delivery that is to be forged. Without it, forging does nothing. */
  forge?(headers: Record<string, string>): Record<string, string>
  /** Called after every attempt; `retryAt` null means that it was the last one. */
  onOutcome?(outcome: AttemptOutcome & { readonly retryAt: number | null }): void
}

export type WebhookSender = {
  enqueue(delivery: OutgoingDelivery): void
  behaviour(): WebhookBehaviour
  setBehaviour(behaviour: WebhookBehaviour): void
  /** Settles once nothing is under way or waiting for a retry. */
  idle(): Promise<void>
  /** Forgets waiting retries and misbehaviour. */
  reset(): void
  close(): void
}

const MOST_AT_ONCE = 100
const REORDER_UP_TO_MS = 300

/** Delivers webhooks as the platforms do: at least once, unordered, in the background. */
export function createWebhookSender(clock: SandboxClock): WebhookSender {
  const timers = createSandboxTimers(clock)
  const queue = createBoundedQueue(MOST_AT_ONCE, announceIdle)
  let behaviour = NO_MISBEHAVIOUR
  let isClosed = false
  /** Grows with each reset: what was under way before it is not continued. */
  let era = 0
  let waitingForIdle: (() => void)[] = []

  const isIdle = () => queue.isIdle() && timers.pendingCount() === 0

  function announceIdle(): void {
    if (!isIdle()) return
    for (const resolve of waitingForIdle) resolve()
    waitingForIdle = []
  }

  function runAfter(delayMs: number, task: () => Promise<void>): void {
    if (delayMs <= 0) queue.run(task)
    else timers.at(clock.now() + delayMs, () => queue.run(task))
  }

  async function attempt(delivery: OutgoingDelivery, number: number, forged: boolean) {
    const honest = delivery.headers(number)
    const headers = forged && delivery.forge ? delivery.forge(honest) : honest
    const startedIn = era
    const outcome = await attemptDelivery({ ...delivery, headers, number, now: clock.now })
    if (isClosed || startedIn !== era) return

    const retryAfter = outcome.responseHeaders['retry-after'] ?? null
    const delayMs = delivery.retry(number, outcome.status, retryAfter)
    const retryAt = delayMs === null ? null : clock.now() + delayMs
    report(delivery, { ...outcome, retryAt })
    if (delayMs !== null) runAfter(delayMs, () => attempt(delivery, number + 1, forged))
  }

  function reset(): void {
    era += 1
    behaviour = NO_MISBEHAVIOUR
    timers.clear()
    queue.clear()
    announceIdle()
  }

  return {
    enqueue(delivery) {
      if (isClosed || chance(behaviour.drop)) return
      const reorderMs = chance(behaviour.reorder) ? Math.random() * REORDER_UP_TO_MS : 0
      const forged = chance(behaviour.forge)
      const copies = chance(behaviour.duplicate) ? 2 : 1
      for (let copy = 0; copy < copies; copy += 1) {
        runAfter(behaviour.delayMs + reorderMs, () => attempt(delivery, 1, forged))
      }
    },
    reset,
    behaviour: () => behaviour,
    setBehaviour(next) {
      behaviour = next
    },
    idle: () => (isIdle() ? Promise.resolve() : new Promise((done) => waitingForIdle.push(done))),
    close() {
      isClosed = true
      queue.close()
      timers.close()
      reset()
    },
  }
}

/** A bookkeeping mistake of the emulator must not stop the queue. */
function report(
  delivery: OutgoingDelivery,
  outcome: AttemptOutcome & { readonly retryAt: number | null },
): void {
  try {
    delivery.onOutcome?.(outcome)
  } catch (error) {
    console.error('the sandbox could not note the outcome of a webhook', error)
  }
}
