import { setTimeout as delay } from 'node:timers/promises'
import type { Harm } from './bad-network.ts'
import type { Fault } from './fault.ts'
import { harmBoth, noteHarmed } from './harms.ts'

const HOUR_MS = 3_600_000
const HTML = '<html><title>Attention Required!</title></html>'
const HTML_403 = { status: 403, headers: { 'content-type': 'text/html' }, text: HTML }

/** A platform that answers with errors, for seconds and for days. */
export const f07: readonly Fault[] = [
  ...[500, 502, 503, 504].map((status) => outage(`${status} for 15 s`, { status })),
  outage('an HTML 403 for 15 s', HTML_403),
  {
    ...{ family: 'F7', name: '503 for 48 hours', mayTell: true },
    load: { phones: 10, rounds: 2, hurryMs: 60_000 },
    harm: days({ status: 503 }, 48),
  },
  {
    ...{ family: 'F7', name: 'an HTML 403 for 48 hours', mayTell: true },
    load: { phones: 10, rounds: 2, hurryMs: 60_000 },
    harm: days(HTML_403, 48),
  },
]

type Said = Omit<Extract<Harm, { kind: 'answer' }>, 'kind'>

function outage(name: string, said: Said): Fault {
  return {
    ...{ family: 'F7', name, mayTell: true, load: { phones: 10, rounds: 1_000 } },
    async harm(run) {
      await delay(1_000)
      harmBoth(run, () => ({ kind: 'answer', ...said }))
      await delay(run.dose(15_000, 4_000))
      harmBoth(run, null)
      noteHarmed(run)
    },
  }
}

function days(said: Said, hours: number): Fault['harm'] {
  return async (run) => {
    await delay(1_500)
    harmBoth(run, () => ({ kind: 'answer', ...said }))
    for (let hour = 0; hour < hours; hour += 1) {
      await run.site.world.advancesClock(HOUR_MS)
      await delay(300)
    }
    noteHarmed(run)
    harmBoth(run, null)
    await run.load.finished
  }
}
