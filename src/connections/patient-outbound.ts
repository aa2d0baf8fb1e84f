import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '../kernel/instant.ts'
import type { Outbound } from '../outbound/request.ts'
import { retryAfterMs } from '../outbound/retry-after.ts'

const TRIES = 4
const DEFAULT_WAIT_MS = 1_000
/** A longer wait is no small matter of set-up any more: the person should hear of it. */
const LONGEST_WAIT_MS = 15_000

/**
 * For set-up, where a person waits: a call that the platform asks to slow down (429: nothing was done)
 * is made again after the time it names. Klaviyo allows some of these calls once a second.
 */
export function patientOutbound(outbound: Outbound, clock: Clock): Outbound {
  return {
    ...outbound,
    async send(request) {
      for (let tries = 1; ; tries += 1) {
        const answer = await outbound.send(request)
        if (!answer.ok || answer.value.status !== 429 || tries === TRIES) return answer
        const named = retryAfterMs(answer.value.headers.get('retry-after'), clock.now())
        const waitMs = named ?? DEFAULT_WAIT_MS
        if (waitMs > LONGEST_WAIT_MS) return answer
        await delay(waitMs)
      }
    },
  }
}
