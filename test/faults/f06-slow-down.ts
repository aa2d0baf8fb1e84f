import { setTimeout as delay } from 'node:timers/promises'
import type { Call, Harm } from './bad-network.ts'
import type { Fault, FaultRun } from './fault.ts'
import { harmCalls } from './harms.ts'

const LOAD = { phones: 10, rounds: 3 }
const SHARE = 0.2
const HELD_MS = 2_000
/** What was under way already when the platform said no. */
const UNDER_WAY_MS = 400

/** A 429 that says when to come back in each way, and in none. */
export const f06: readonly Fault[] = [
  limited('429 with seconds', () => ({ 'retry-after': '2' })),
  limited('429 with a date', () => ({ 'retry-after': new Date(Date.now() + 3_000).toUTCString() })),
  limited('429 without a header', () => ({})),
  limited('429 with nonsense', () => ({ 'retry-after': 'soon, or -7; maybe' })),
  {
    ...{ family: 'F6', name: 'Retry-After is kept' },
    load: { phones: 10, rounds: 1_000, hurries: false },
    async harm(run) {
      const calls: number[] = []
      const refusedAt: number[] = []
      run.site.klaviyo.harm((call) => refuseSome(call, run, { calls, refusedAt }))
      await delay(run.dose(30_000, 8_000))
      run.site.klaviyo.harm(null)
      const early = refusedAt.flatMap((at) =>
        calls.filter((call) => call > at + UNDER_WAY_MS && call < at + HELD_MS),
      )
      run.note(`${refusedAt.length} refusals, ${early.length} calls too early`)
      if (early.length > 0) throw new Error(`${early.length} calls came before Retry-After`)
    },
  },
  {
    ...{ family: 'F6', name: 'the real limits, with a backlog of replies' },
    site: { limits: true, copies: 2 },
    load: {
      phones: 25,
      texts: 1,
      replies: 6,
      rounds: 1,
      hurries: false,
      giveUpMs: 600_000,
      campaigns: false,
    },
    shortLoad: { phones: 10, replies: 3 },
    async harm({ load }) {
      await load.finished
    },
    check: judgeLimits,
  },
]

function limited(name: string, headers: () => object, more: Partial<Fault> = {}): Fault {
  return {
    ...{ family: 'F6', name, load: LOAD, shortLoad: { phones: 4, rounds: 1 }, ...more },
    harm: (run) =>
      harmCalls(run, SHARE, () => ({ kind: 'answer', status: 429, headers: headers() })),
  }
}

type Noted = { readonly calls: number[]; readonly refusedAt: number[] }

/** Now and then a text is refused; every call for a text is noted. */
function refuseSome(call: Call, run: FaultRun, { calls, refusedAt }: Noted): Harm | null {
  if (call.method !== 'POST' || !call.path.startsWith('/api/conversation-messages')) return null
  const now = performance.now()
  calls.push(now)
  const last = refusedAt.at(-1) ?? 0
  if (now < last + 2 * HELD_MS || run.random() > 0.3) return null
  refusedAt.push(now)
  return { kind: 'answer', status: 429, headers: { 'retry-after': String(HELD_MS / 1_000) } }
}

type Logged = {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly at: string
}

/** Of 60 replies a minute at least 95 % are used while there is a backlog, and at most 1 % of calls refused. */
async function judgeLimits({ site, note, isShort }: FaultRun): Promise<readonly string[]> {
  const calls = (await site.control('GET', '/calls?platform=klaviyo')) as readonly Logged[]
  const texts = calls.filter(
    ({ method, path }) => method === 'POST' && path.startsWith('/api/conversation-messages'),
  )
  const sentAt = texts.filter(({ status }) => status < 300).map(({ at }) => Date.parse(at))
  const [from = 0, to = 0] = [sentAt.at(0), sentAt.at(-1)]
  const perMinute = (sentAt.length - 1) / ((to - from) / 60_000)
  const refused = calls.filter(({ status }) => status === 429).length
  note(`${perMinute.toFixed(1)} replies a minute; ${refused} of ${calls.length} calls refused`)
  return [
    ...(perMinute < 57 && !isShort ? [`only ${perMinute.toFixed(1)} replies a minute`] : []),
    ...(refused > calls.length / 100 ? [`${refused} of ${calls.length} calls were refused`] : []),
  ]
}
