import { setTimeout as delay } from 'node:timers/promises'
import { type Findings, takeAccount } from './account.ts'
import type { Fault, FaultRun, Row } from './fault.ts'
import { type Load, startLoad } from './load.ts'
import { mulberry } from './random.ts'
import { openSite, type Site } from './site.ts'

/** More than the service ever needed in any of these faults, with room. */
const MOST_MEGABYTES = 600
const QUIET_WITHIN_MS = 60_000
const STEP_MS = 15_000
/** How long it is looked on after all is there: what comes twice may come late. */
const AFTERMATH_STEPS = { full: 14, short: 9 }

type Form = { readonly isShort: boolean; readonly seed: number }

/** Brings one fault over a site of its own, waits until it is quiet, and takes the account. */
export async function runFault(fault: Fault, { isShort, seed }: Form): Promise<Row> {
  const startedAt = performance.now()
  const options = typeof fault.site === 'function' ? await fault.site() : (fault.site ?? {})
  if ('skipped' in options) return skipped(fault, options.skipped)
  const site = await openSite(options)
  const notes: string[] = []
  try {
    await fault.prepare?.(site)
    const load = startLoad(site, { ...fault.load, ...(isShort ? fault.shortLoad : {}) })
    load.finished.catch(() => undefined)
    const run: FaultRun = {
      ...{ site, load, isShort, random: mulberry(seed) },
      dose: (full, short) => (isShort ? short : full),
      note: (text) => notes.push(text),
    }
    await fault.harm(run)
    load.stop()
    await mend(site)
    await load.finished
    const findings = await whenQuiet(site, load, AFTERMATH_STEPS[isShort ? 'short' : 'full'])
    const own = (await fault.check?.(run)) ?? []
    if (findings.lost.length + findings.stuck.length + findings.untold.length > 0)
      notes.push(await failuresOf(site))
    const seconds = (performance.now() - startedAt) / 1_000
    return toRow(fault, { site, load, findings, own, notes, seconds })
  } finally {
    await site.close()
    await fault.close?.()
  }
}

/** Everything that was harmed works again, and every copy is up. */
async function mend(site: Site): Promise<void> {
  site.zendesk.harm(null)
  site.klaviyo.harm(null)
  site.front.setTwice(null)
  await site.control('DELETE', '/faults')
  for (const platform of ['zendesk', 'klaviyo'])
    await site.control('POST', '/webhooks', { platform })
  for (const service of site.services) service.signal('SIGCONT')
  await Promise.all(site.services.map((service) => site.raise(service)))
}

async function whenQuiet(site: Site, load: Load, aftermath: number): Promise<Findings> {
  const until = performance.now() + QUIET_WITHIN_MS
  const take = async () => {
    const world = await load.watch.world(load.phones)
    return takeAccount(load.sent, world, site.front.arrivals)
  }
  const isQuiet = ({ lost, stuck, untold }: Findings) =>
    lost.length + stuck.length + untold.length === 0
  while (!isQuiet(await take()) && performance.now() < until) await step(site, STEP_MS)
  for (let count = 0; count < aftermath; count += 1) await step(site, STEP_MS)
  const last = await take()
  if (isQuiet(last) || performance.now() > until) return last
  await step(site, STEP_MS)
  return take()
}

/** What the service itself says went wrong, for whoever looks for the cause. */
async function failuresOf(site: Site): Promise<string> {
  return site.cli('events', '--failures', '--limit', '20').catch((error: Error) => error.message)
}

async function step(site: Site, ms: number): Promise<void> {
  await site.world.advancesClock(ms)
  await delay(300)
}

function skipped({ family, name }: Fault, why: string): Row {
  const nothing = { sent: 0, acknowledged: 0, lost: 0, doubled: 0, outOfOrder: 0, stuck: 0 }
  const rest = { untold: 0, told: 0, seconds: 0, megabytes: 0, broken: [] }
  return { family, name, ...nothing, ...rest, notes: [`SKIPPED: ${why}`] }
}

type Seen = {
  readonly site: Site
  readonly load: Load
  readonly findings: Findings
  readonly own: readonly string[]
  readonly notes: readonly string[]
  readonly seconds: number
}

function toRow({ family, name, mayTell }: Fault, seen: Seen): Row {
  const { site, load, findings, own, notes, seconds } = seen
  const { lost, doubled, outOfOrder, stuck, untold, told } = findings
  const megabytes = site.peakMegabytes()
  const needless = mayTell === true ? [] : told.map((note) => `told, not sent: ${note}`)
  const tooLarge = megabytes > MOST_MEGABYTES ? [`a service held ${megabytes} MB`] : []
  const arrivals = [...site.front.arrivals.values()]
  return {
    ...{ family, name, seconds, megabytes, notes },
    sent: load.sent.reduce((sum, { texts, replies }) => sum + texts.length + replies.length, 0),
    acknowledged: arrivals.filter(({ ackedAt }) => ackedAt !== null).length,
    lost: lost.length + needless.length,
    doubled: doubled.length,
    outOfOrder: outOfOrder.length,
    stuck: stuck.length,
    untold: untold.length,
    told: told.length,
    broken: [lost, doubled, outOfOrder, stuck, untold, needless, tooLarge, own].flat(),
  }
}
