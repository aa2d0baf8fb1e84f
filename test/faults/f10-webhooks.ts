import type { Fault, FaultRun } from './fault.ts'
import { behave, subscribe, within } from './harms.ts'
import type { Site } from './site.ts'

const DAY_MS = 24 * 3_600_000
const BRAND_NUMBER = '+18005550100'
/** No phone of the load. */
const POISONER = '+14155579999'

/** From the first delivery to the end of the load. */
const misbehave = (behaviour: object) => ({
  prepare: (site: Site) => behave(site, behaviour),
  harm: ({ load }: FaultRun) => load.finished,
})

const LOAD = { phones: 20, rounds: 3 }

/** How the platforms' deliveries misbehave. */
export const f10: readonly Fault[] = [
  {
    ...{ family: 'F10', name: 'every delivery twice at once', load: LOAD },
    shortLoad: { phones: 8, rounds: 2 },
    ...misbehave({ duplicate: 1 }),
  },
  {
    ...{ family: 'F10', name: 'twice within 30 µs, to two copies', load: LOAD },
    site: { copies: 2 },
    async harm({ site, load }) {
      site.front.setTwice(30)
      await load.finished
    },
  },
  {
    ...{ family: 'F10', name: 'out of order', load: { ...LOAD, texts: 5, replies: 4 } },
    ...misbehave({ reorder: 1 }),
  },
  {
    ...{ family: 'F10', name: '8 minutes late' },
    load: { ...LOAD, rounds: 2, hurryMs: 60_000 },
    ...misbehave({ delayMs: 480_000 }),
  },
  {
    ...{ family: 'F10', name: 'replayed after three days' },
    load: { phones: 10, rounds: 2 },
    async harm({ site, load, note }) {
      await load.finished
      await within(30_000, async () => (await site.jobCount()) === 0)
      await site.world.advancesClock(3 * DAY_MS)
      note(`${await site.front.replay()} deliveries replayed`)
    },
  },
  {
    ...{ family: 'F10', name: 'all dropped', short: true, load: { ...LOAD, hurryMs: 30_000 } },
    shortLoad: { phones: 4, rounds: 1 },
    ...misbehave({ drop: 1 }),
  },
  {
    ...{ family: 'F10', name: '1,000 events in one delivery, one of them bad' },
    load: { phones: 1_000, texts: 1, replies: 0, rounds: 1, campaigns: false, giveUpMs: 300_000 },
    shortLoad: { phones: 50 },
    prepare: (site) => site.control('PUT', '/settings', { webhook_batch_ms: 10_000 }),
    async harm({ site, load, note }) {
      await subscribe(site, POISONER)
      await site.world.texts(POISONER, BRAND_NUMBER, 'bad: \u0000 \ud800')
      await load.finished
      const largest = Math.max(
        0,
        ...[...site.front.arrivals.values()].map(({ place }) => place + 1),
      )
      note(`${largest} texts in the largest delivery`)
    },
  },
  {
    ...{ family: 'F10', name: '1,000 texts of one customer' },
    load: { phones: 1, texts: 1_000, replies: 3, rounds: 1, campaigns: false, giveUpMs: 300_000 },
    shortLoad: { phones: 1, texts: 50 },
    harm: async ({ load }) => load.finished,
  },
]
