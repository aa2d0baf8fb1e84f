import { setTimeout as delay } from 'node:timers/promises'
import type { Fault, FaultRun } from './fault.ts'
import { awhile } from './harms.ts'
import type { SharedDatabase } from './shared-database.ts'

/** Zendesk waits ten seconds for an answer, Klaviyo five. */
const SLOWEST_ANSWER_MS = 5_000

const common = {
  family: 'F4',
  mayTell: true,
  load: { phones: 8, rounds: 1_000 },
  check: async ({ site, note }: FaultRun) => {
    const ms = Math.round(site.front.slowestMs())
    note(`slowest answer to a delivery ${ms} ms`)
    return ms > SLOWEST_ANSWER_MS ? [`a delivery waited ${ms} ms for its answer`] : []
  },
}

/** PostgreSQL goes away, hangs, crawls, or takes nobody any more. */
export const f04: readonly Fault[] = [
  {
    ...{ ...common, name: 'PostgreSQL killed and started again', short: true },
    site: { copies: 2, shared: true },
    harm: again(6, 2, async (run, database) => {
      await database.kill()
      await awhile(run, 1_000)
      await database.start()
    }),
  },
  {
    ...{ ...common, name: 'PostgreSQL stopped, 10 s away' },
    site: { copies: 2, shared: true },
    harm: again(2, 1, async (_, database) => {
      await database.stop()
      await delay(10_000)
      await database.start()
    }),
  },
  {
    ...{ ...common, name: 'PostgreSQL frozen for 8 s' },
    site: { copies: 2, shared: true },
    harm: again(2, 1, async (_, database) => {
      await database.freeze()
      await delay(8_000)
      await database.thaw()
    }),
  },
  {
    ...{ ...common, name: 'every answer of PostgreSQL 500 ms late' },
    site: { copies: 2, shared: true, slowable: true },
    harm: again(1, 1, async (_, database) => {
      database.slow(500)
      await delay(15_000)
      database.slow(0)
    }),
  },
  {
    ...{ ...common, name: 'every session cut' },
    site: { copies: 2, shared: true },
    harm: again(12, 3, (_, database) => database.cutSessions()),
  },
  {
    ...{ ...common, name: 'no connection left' },
    site: { copies: 2, shared: true },
    harm: again(2, 1, async (_, database) => {
      const letGo = await database.crowd()
      await database.cutSessions().catch(() => undefined)
      await delay(6_000)
      await letGo()
    }),
  },
]

function again(
  full: number,
  short: number,
  once: (run: FaultRun, database: SharedDatabase) => Promise<void>,
): Fault['harm'] {
  return async (run) => {
    const { database } = run.site
    if (database === null) throw new Error('this fault needs a database of its own')
    const times = run.dose(full, short)
    for (let count = 0; count < times; count += 1) {
      await awhile(run, 1_500)
      await once(run, database)
    }
    run.note(`${times} times`)
  }
}
