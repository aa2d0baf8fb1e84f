import type { Fault } from './fault.ts'
import { awhile, pick } from './harms.ts'

const MOST_REFUSED = 0.001

/** Copies that are told to end, one after the other, while the others go on. */
export const f03: readonly Fault[] = [
  {
    ...{ family: 'F3', name: 'rolling restarts of three copies' },
    site: { copies: 3 },
    load: { phones: 12, rounds: 1_000 },
    async harm(run) {
      const { site } = run
      let slowest = 0
      for (let count = 0; count < run.dose(12, 2); count += 1) {
        await awhile(run, 400)
        const service = pick(site.services, run.random)
        const toldAt = performance.now()
        service.signal('SIGTERM')
        await service.died()
        slowest = Math.max(slowest, performance.now() - toldAt)
        await site.raise(service)
      }
      run.note(`slowest end ${(slowest / 1_000).toFixed(1)} s`)
    },
    async check({ site, note }) {
      const answers = [...site.front.answers]
      const all = answers.reduce((sum, [, count]) => sum + count, 0)
      const refused = answers
        .filter(([status]) => status === 0 || status >= 500)
        .reduce((sum, [, count]) => sum + count, 0)
      note(`${refused} of ${all} deliveries refused`)
      for (const [why, count] of site.front.cuts) note(`${count}: ${why}`)
      return refused / all > MOST_REFUSED ? [`${refused} of ${all} deliveries were refused`] : []
    },
  },
]
