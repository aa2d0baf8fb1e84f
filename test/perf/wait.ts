import { setTimeout as delay } from 'node:timers/promises'
import type { Surroundings } from './surroundings.ts'

const POLL_MS = 50
const PATIENCE_MS = 600_000

/** Looks until `isSo`; throws after ten minutes. */
export async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  const end = performance.now() + PATIENCE_MS
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error('waited for ten minutes in vain')
    await delay(POLL_MS)
  }
}

/** Waits until the mock has taken so many messages; answers when each came, by its mark. */
export async function untilDelivered(
  around: Surroundings,
  count: number,
): Promise<Readonly<Record<string, number>>> {
  const arrivals: Record<string, number> = {}
  await until(async () => {
    Object.assign(arrivals, await around.ask('arrivals'))
    return Object.keys(arrivals).length >= count
  })
  return arrivals
}
