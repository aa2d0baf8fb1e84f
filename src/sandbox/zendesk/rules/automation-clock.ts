import type { SandboxClock } from '../../core/clock.ts'
import { createSandboxTimers } from '../../core/timers.ts'
import type { ZendeskDoubts } from '../doubts.ts'

const HOUR_MS = 3_600_000

/**
 * Runs automations once an hour of the sandbox's clock. However far an advance goes, they run once:
 * like an hourly run that comes late, which misses conditions that held for a single hour.
 */
export function createAutomationClock(
  clock: SandboxClock,
  doubts: ZendeskDoubts,
  run: () => void,
): { close(): void } {
  const timers = createSandboxTimers(clock)
  schedule()
  return timers

  function schedule(): void {
    const nextHour = (Math.floor(clock.now() / HOUR_MS) + 1) * HOUR_MS
    timers.at(nextHour, () => {
      schedule()
      if (doubts.automationsRun() === 'hourly') run()
    })
  }
}
