import { residentMb, round } from '../figures.ts'
import { openLine } from '../load.ts'
import { klaviyoRequest, textElement } from '../requests.ts'
import { openSurroundings, type Surroundings } from '../surroundings.ts'
import { until } from '../wait.ts'
import type { Program } from './program.ts'

const EVENTS_EACH = 1_000
const CUSTOMERS = 10_000
const DRAIN_MS = 10_000

export const backlog: Program = {
  name: 'backlog',
  measures:
    'start and memory with nothing and with 100,000 texts waiting, and how they are claimed',
  async run(task) {
    const around = await openSurroundings({ customers: CUSTOMERS, stored: task.stored })
    try {
      const emptyMs = await restart(around)
      const idleMb = residentMb(around.service.pid())
      await around.service.kill()
      await fill(around, task.waiting)
      await around.ask('arrivals')
      const began = performance.now()
      const startMs = await restart(around)
      await until(async () => Object.keys(await around.ask('arrivals')).length > 0)
      const firstMs = Math.round(performance.now() - began)
      await new Promise((resolve) => setTimeout(resolve, DRAIN_MS))
      const delivered = Object.keys(await around.ask('arrivals')).length
      task.report({
        waiting: task.waiting,
        startMs: { empty: emptyMs, backlog: startMs },
        firstDeliveryMs: firstMs,
        residentMb: { idle: idleMb, backlog: residentMb(around.service.pid()) },
        claimMs: await claimQuantiles(around.service.url),
        deliveredPerSecond: Math.round(delivered / (DRAIN_MS / 1000)),
      })
    } finally {
      await around.close()
    }
  },
}

/** Ends the service in order and starts it; milliseconds until it is ready. */
async function restart({ service }: Surroundings): Promise<number> {
  service.signal('SIGTERM')
  await service.died()
  const began = performance.now()
  await service.start()
  return Math.round(performance.now() - began)
}

/** Through the front door, by a copy that only takes in. */
async function fill(around: Surroundings, waiting: number): Promise<void> {
  const web = await around.startWeb()
  const line = await openLine(web.port)
  for (let from = 0; from < waiting; from += EVENTS_EACH) {
    const elements = Array.from({ length: EVENTS_EACH }, (_, index) =>
      textElement(1 + ((from + index) % CUSTOMERS), `#${from + index}# Where is my order?`),
    )
    const status = await line.ask(klaviyoRequest(around.bridge, elements))
    if (status !== 200) throw new Error(`the backlog was answered ${status}`)
  }
  line.close()
  await web.stop()
}

/** From the service's own histogram: the bound under which so many claims lie. */
async function claimQuantiles(url: string): Promise<Record<string, number | null>> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const buckets = [
    ...text.matchAll(/replyline_claim_seconds_bucket\{le="([^"]+)",queue="live"\} (\d+)/g),
  ].map(([, bound, count]) => ({ bound: Number(bound), count: Number(count) }))
  const total = buckets.at(-1)?.count ?? 0
  const under = (share: number) => {
    const bound = buckets.find(({ count }) => count >= total * share)?.bound ?? Number.NaN
    return Number.isFinite(bound) ? round(bound * 1000) : null
  }
  return { claims: total, p50: under(0.5), p99: under(0.99) }
}
