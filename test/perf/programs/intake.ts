import { cpuSeconds, median, round, spread, treeCpuSeconds } from '../figures.ts'
import { closedLoop } from '../load.ts'
import { commentRequest, textRequest } from '../requests.ts'
import { openSurroundings, type Surroundings } from '../surroundings.ts'
import type { Program, Task } from './program.ts'

const CUSTOMERS = 1_000

/** How many requests are prepared for a second of measuring. */
const MOST_A_SECOND = 14_000

export const intake: Program = {
  name: 'intake',
  measures: 'durable intake of signed webhooks, nothing delivered meanwhile',
  async run(task) {
    const around = await openSurroundings({
      customers: CUSTOMERS,
      stored: task.stored,
      env: { ROLE: 'web' },
    })
    try {
      const reference = await around.startReference({ delivers: false })
      for (const kind of ['comment', 'text'] as const)
        for (const connections of kind === 'comment' ? [1, 64, 256] : [64])
          await compare(task, around, reference.port, { kind, connections })
    } finally {
      await around.close()
    }
  },
}

type Setting = { readonly kind: 'comment' | 'text'; readonly connections: number }

/** The service and the reference in turn, each with requests of its own. */
async function compare(
  task: Task,
  around: Surroundings,
  referencePort: number,
  { kind, connections }: Setting,
): Promise<void> {
  const ports = { replyline: around.servicePort, reference: referencePort }
  const rates: Record<string, number[]> = { replyline: [], reference: [] }
  const waits: Record<string, number[]> = { replyline: [], reference: [] }
  const cpu: number[][] = []
  for (let at = 0; at < task.rounds; at += 1)
    for (const [name, port] of Object.entries(ports)) {
      const requests = prepare(
        around,
        kind,
        task.seconds * (connections === 1 ? 2_500 : MOST_A_SECOND),
      )
      const before = cpuOf(around)
      const {
        stored,
        refused,
        seconds,
        waits: took,
      } = await closedLoop({
        ...{ port, connections, requests },
        seconds: task.seconds,
      })
      if (refused > 0) throw new Error(`${name} refused ${refused} of its requests`)
      if (name === 'replyline')
        cpu.push(cpuOf(around).map((used, one) => perThousand(used - (before[one] ?? 0), stored)))
      rates[name]?.push(stored / seconds)
      waits[name]?.push(...took)
    }
  const perSecond = (name: string) => Math.round(Math.max(...(rates[name] ?? [])))
  const own = perSecond('replyline')
  const other = perSecond('reference')
  task.report({
    ...{ kind, connections, storedPerSecond: own, referencePerSecond: other },
    ratio: round(own / other),
    ratios: rates.replyline?.map((rate, at) => round(rate / (rates.reference?.[at] ?? 1))),
    cpuPer1000: {
      service: median(cpu.map(([own = 0]) => own)),
      postgres: median(cpu.map(([, own = 0]) => own)),
    },
    ackMs: spread(waits.replyline ?? []),
    referenceAckMs: spread(waits.reference ?? []),
  })
}

function cpuOf(around: Surroundings): readonly number[] {
  return [cpuSeconds(around.service.pid()), treeCpuSeconds(around.postgresPid)]
}

function perThousand(seconds: number, count: number): number {
  return round((seconds / Math.max(1, count)) * 1000)
}

function prepare(around: Surroundings, kind: Setting['kind'], count: number): readonly Buffer[] {
  return Array.from({ length: count }, (_, index) =>
    kind === 'comment'
      ? commentRequest(
          around.bridge,
          50_000 + (index % CUSTOMERS),
          `${'Answer '.repeat(40)}${index}`,
        )
      : textRequest(around.bridge, 1 + (index % CUSTOMERS), `${'Question '.repeat(20)}${index}`),
  )
}
