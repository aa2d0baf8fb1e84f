import type { Call, Harm } from './bad-network.ts'
import type { Fault, FaultRun } from './fault.ts'
import { behave, noteHarmed } from './harms.ts'

const LOAD = { phones: 20, rounds: 3, hurryMs: 30_000 }
const CURSOR = /[?&]page(%5B|\[)cursor(%5D|\])=/

/** Webhooks that are lost without a word, and feeds that cannot be read straight. */
export const f17: readonly Fault[] = [
  feed('5 % of the webhooks dropped', { drop: 0.05 }, () => null),
  feed('a feed’s page comes twice', { drop: 1 }, twice()),
  feed('a feed’s page comes the wrong way round', { drop: 1 }, reversed),
  {
    ...feed('every second cursor is refused', { drop: 1 }, everySecond(refusedCursor)),
    load: { ...LOAD, phones: 60, texts: 5 },
  },
]

function feed(name: string, behaviour: object, harm: (call: Call) => Harm | null): Fault {
  return {
    ...{ family: 'F17', name, load: LOAD, shortLoad: { phones: 4, rounds: 1 } },
    prepare: (site) => behave(site, behaviour),
    async harm(run: FaultRun) {
      run.site.klaviyo.harm(harm)
      await run.load.finished
      noteHarmed(run)
    },
  }
}

const isFeed = ({ method, path }: Call) => method === 'GET' && path.startsWith('/api/events')

/** Every other read answers what the one before did. */
function twice(): (call: Call) => Harm | null {
  let before: { readonly status: number; readonly text: string } | null = null
  return (call) => {
    if (!isFeed(call)) return null
    const again = before
    before = null
    if (again !== null) return { kind: 'rewrite', to: () => again }
    const keep = (answer: { readonly status: number; readonly text: string }) => {
      before = answer.status === 200 ? answer : null
      return answer
    }
    return { kind: 'rewrite', to: keep }
  }
}

function everySecond(harm: (call: Call) => Harm | null): (call: Call) => Harm | null {
  let count = 0
  return (call) => {
    const found = harm(call)
    if (found !== null) count += 1
    return count % 2 === 0 ? null : found
  }
}

/** The newest second first; within a second as it was, since nothing else tells its order. */
function reversed(call: Call): Harm | null {
  if (!isFeed(call)) return null
  return {
    kind: 'rewrite',
    to: ({ status, text }) => {
      const page = JSON.parse(text) as { data?: readonly Dated[] }
      const data = page.data?.toSorted((one, other) => secondOf(other) - secondOf(one))
      return { status, text: JSON.stringify({ ...page, data }) }
    },
  }
}

type Dated = { readonly attributes: { readonly timestamp: number } }

const secondOf = ({ attributes }: Dated) => Math.floor(attributes.timestamp)

function refusedCursor(call: Call): Harm | null {
  if (!isFeed(call) || !CURSOR.test(call.path)) return null
  const text = JSON.stringify({
    errors: [{ status: 400, code: 'invalid', detail: 'Invalid cursor' }],
  })
  return { kind: 'answer', status: 400, headers: { 'content-type': 'application/json' }, text }
}
