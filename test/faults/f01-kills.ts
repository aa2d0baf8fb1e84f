import type { Fault } from './fault.ts'
import { harmBoth, killAtRandom, within } from './harms.ts'

const ENDLESS = { phones: 8, rounds: 1_000 }
const REFUSED = { kind: 'answer', status: 503 } as const

/** SIGKILL at random moments. */
export const f01: readonly Fault[] = [
  {
    ...{ family: 'F1', name: 'killed at random', short: true, mayTell: true, load: ENDLESS },
    harm: (run) => killAtRandom(run, run.dose(120, 4), 1_000),
  },
  {
    ...{ family: 'F1', name: 'one of three killed', mayTell: true, load: ENDLESS },
    site: { copies: 3 },
    harm: (run) => killAtRandom(run, run.dose(80, 3), 1_000),
  },
  {
    ...{ family: 'F1', name: 'killed while both platforms are down', mayTell: true, load: ENDLESS },
    async harm(run) {
      harmBoth(run, (call) => (call.path.includes('/webhooks') ? null : REFUSED))
      await killAtRandom(run, run.dose(15, 3))
      harmBoth(run, null)
      await killAtRandom(run, run.dose(5, 1))
    },
  },
  {
    ...{ family: 'F1', name: 'killed with a backlog of 10,000', mayTell: true },
    load: { phones: 200, texts: 50, replies: 2, rounds: 1, giveUpMs: 600_000 },
    shortLoad: { phones: 20, texts: 10 },
    async harm(run) {
      const { site, load } = run
      const wanted = run.dose(10_000, 200)
      site.zendesk.harm(() => REFUSED)
      const ackedCount = () =>
        [...site.front.arrivals.values()].filter(({ ackedAt }) => ackedAt !== null).length
      await within(300_000, () => ackedCount() >= wanted)
      run.note(`${await site.jobCount()} waited`)
      site.zendesk.harm(null)
      await killAtRandom(run, run.dose(20, 3), 2_000)
      await load.finished
    },
  },
]
