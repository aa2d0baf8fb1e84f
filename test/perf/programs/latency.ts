import { cpuSeconds, round, spread } from '../figures.ts'
import { openLoop } from '../load.ts'
import { commentRequest, textRequest } from '../requests.ts'
import { openSurroundings, type Surroundings } from '../surroundings.ts'
import { untilDelivered } from '../wait.ts'
import type { Program, Task } from './program.ts'

const CUSTOMERS = 2_000
const RATES = [10, 50, 200, 500]

export const latency: Program = {
  name: 'latency',
  measures: 'from the send of a webhook to the call that delivers it, at steady rates',
  async run(task) {
    const around = await openSurroundings({ customers: CUSTOMERS, stored: task.stored })
    try {
      const reference = await around.startReference({ delivers: true })
      const own = { port: around.servicePort, pid: around.service.pid() }
      for (const kind of ['text', 'reply'] as const) {
        await measure(task, around, own, { kind, rate: 50 })
        for (const rate of RATES) {
          const replyline = await measure(task, around, own, { kind, rate })
          const other = await measure(task, around, reference, { kind, rate })
          task.report({ kind, rate, replyline, reference: other })
        }
      }
    } finally {
      await around.close()
    }
  },
}

async function measure(
  task: Task,
  around: Surroundings,
  target: { readonly port: number; readonly pid: number },
  { kind, rate }: { readonly kind: 'text' | 'reply'; readonly rate: number },
) {
  await around.ask('arrivals')
  const count = Math.min(rate * Math.max(task.seconds, 3), 3_000)
  const requests = Array.from({ length: count }, (_, index) => {
    const who = 1 + (index % CUSTOMERS)
    const words = `#${index}# It left the depot this morning`
    return kind === 'text'
      ? textRequest(around.bridge, who, words)
      : commentRequest(around.bridge, who, words)
  })
  const cpuBefore = cpuSeconds(target.pid)
  const { waits, dueAt, refused } = await openLoop({ port: target.port, rate, requests })
  const arrivals = await untilDelivered(around, count)
  const cpu = cpuSeconds(target.pid) - cpuBefore
  const ways = dueAt.map((due, index) => (arrivals[`#${index}#`] ?? Number.NaN) - due)
  return {
    deliveredMs: spread(ways),
    ackMs: spread(waits),
    refused,
    cpuPer1000: round((cpu / count) * 1000),
  }
}
