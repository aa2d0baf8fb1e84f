import { setTimeout as delay } from 'node:timers/promises'
import type { ServiceProcess } from '../support/service-process.ts'
import type { Call, Harm } from './bad-network.ts'
import type { FaultRun } from './fault.ts'
import type { Site } from './site.ts'

/** Waits a random while, around the mean. */
export async function awhile({ random }: FaultRun, meanMs: number): Promise<void> {
  await delay(meanMs * (0.3 + 1.4 * random()))
}

/** Kills copies, one at a time at random moments, and raises each again. */
export async function killAtRandom(run: FaultRun, kills: number, meanMs = 600): Promise<void> {
  const { site, random } = run
  for (let count = 0; count < kills; count += 1) {
    await awhile(run, meanMs)
    const victim = pick(site.services, random)
    await victim.kill()
    await site.raise(victim)
  }
  run.note(`${kills} kills`)
}

export function pick<Item>(items: readonly Item[], random: () => number): Item {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

/** Harms calls to both platforms, each with this probability, until the load is over. */
export async function harmCalls(
  run: FaultRun,
  share: number,
  harm: (call: Call) => Harm | null,
): Promise<void> {
  harmBoth(run, (call) => (run.random() < share ? harm(call) : null))
  await run.load.finished
  noteHarmed(run)
}

export function harmBoth({ site }: FaultRun, which: ((call: Call) => Harm | null) | null): void {
  site.zendesk.harm(which)
  site.klaviyo.harm(which)
}

export function noteHarmed({ site, note }: FaultRun): void {
  note(`${site.zendesk.harmed() + site.klaviyo.harmed()} calls harmed`)
}

/** Looks until it is so; false when the time is over. */
export async function within(ms: number, look: () => Promise<boolean> | boolean): Promise<boolean> {
  const until = performance.now() + ms
  while (performance.now() < until) {
    if (await look()) return true
    await delay(50)
  }
  return false
}

/** Waits for a copy to die of its failpoint. */
export function diesWithin(ms: number, service: ServiceProcess): Promise<boolean> {
  return within(ms, () => !service.isUp())
}

export async function behave(site: Site, behaviour: object): Promise<void> {
  for (const platform of ['zendesk', 'klaviyo'])
    await site.control('POST', '/webhooks', { platform, ...behaviour })
}

/** Makes a phone one that Replyline makes tickets for. */
export async function subscribe(site: Site, phone: string): Promise<void> {
  await site.control('PUT', `/profiles/${encodeURIComponent(phone)}`, {
    smsConsent: 'SUBSCRIBED',
    email: `${phone.slice(1)}@example.com`,
  })
}
