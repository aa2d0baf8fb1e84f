import { type Clock, type Instant, instant } from './kernel/instant.ts'
import type { Outbound } from './outbound/request.ts'

/** The machine's clock. */
export const systemClock: Clock = { now: () => instant(Date.now()) }

export type FollowedClock = Clock & { stop(): void }

const POLL_MS = 250

/**
 * A clock that keeps the offset a sandbox's clock has from the machine's. `onShift` hears of every
 * jump, in milliseconds, before anyone sees the new time.
 */
export async function followClock(
  url: string,
  outbound: Outbound,
  onShift: (deltaMs: number) => Promise<void>,
): Promise<FollowedClock> {
  const address = /^https?:\/\/[^/]+$/.test(url) ? `${url}/control/clock` : url
  let offsetMs = (await readOffset(outbound, address)) ?? 0
  let isReading = false

  async function poll(): Promise<void> {
    if (isReading) return
    isReading = true
    const read = await readOffset(outbound, address)
    if (read !== null && read !== offsetMs) {
      // When it cannot be told now, the old time stays, and the next poll tries again.
      const isTold = await onShift(read - offsetMs).then(
        () => true,
        () => false,
      )
      if (isTold) offsetMs = read
    }
    isReading = false
  }

  const timer = setInterval(() => void poll(), POLL_MS)
  return { now: () => instant(Date.now() + offsetMs) as Instant, stop: () => clearInterval(timer) }
}

async function readOffset(outbound: Outbound, url: string): Promise<number | null> {
  const answer = await outbound.send({ method: 'GET', url, totalTimeoutMs: 2_000 })
  if (!answer.ok || answer.value.status !== 200) return null
  try {
    const { offsetMs } = JSON.parse(answer.value.text) as { offsetMs?: unknown }
    return typeof offsetMs === 'number' ? offsetMs : null
  } catch {
    return null
  }
}
