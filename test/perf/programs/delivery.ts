import { cpuSeconds, residentMb, round, spread, treeCpuSeconds } from '../figures.ts'
import { closedLoop } from '../load.ts'
import { textRequest } from '../requests.ts'
import { openSurroundings, type Surroundings } from '../surroundings.ts'
import { untilDelivered } from '../wait.ts'
import type { Figures, Program, Task } from './program.ts'

const CUSTOMERS = 1_000
const MOST_A_SECOND = 4_000

export const delivery: Program = {
  name: 'delivery',
  measures: 'texts of known customers taken in and delivered to their tickets, 64 connections',
  async run(task) {
    const around = await openSurroundings({ customers: CUSTOMERS, stored: task.stored })
    try {
      const idleMb = residentMb(around.service.pid())
      const reference = await around.startReference({ delivers: true })
      const own = { port: around.servicePort, pid: around.service.pid() }
      const results: { replyline: Measured; reference: Measured }[] = []
      for (let at = 0; at < task.rounds; at += 1)
        results.push({
          replyline: await measure(task, around, own),
          reference: await measure(task, around, reference),
        })
      const loadedMb = residentMb(around.service.pid())
      task.report({ ...summary(results), residentMb: { idle: idleMb, loaded: loadedMb } })
    } finally {
      await around.close()
    }
  },
}

type Measured = {
  readonly acked: number
  readonly delivered: number
  readonly cpuPer1000: number
  readonly postgresCpuPer1000: number
  readonly ackMs: ReturnType<typeof spread>
}

async function measure(
  task: Task,
  around: Surroundings,
  { port, pid }: { readonly port: number; readonly pid: number },
): Promise<Measured> {
  await around.ask('arrivals')
  const requests = Array.from({ length: task.seconds * MOST_A_SECOND }, (_, index) =>
    textRequest(around.bridge, 1 + (index % CUSTOMERS), `#${index}# ${'Where is it? '.repeat(10)}`),
  )
  const cpuBefore = [cpuSeconds(pid), treeCpuSeconds(around.postgresPid)]
  const began = performance.now()
  const { stored, seconds, waits } = await closedLoop({
    ...{ port, connections: 64, requests },
    seconds: task.seconds,
  })
  await untilDelivered(around, stored)
  const took = (performance.now() - began) / 1000
  const cpuAfter = [cpuSeconds(pid), treeCpuSeconds(around.postgresPid)]
  const [own = 0, postgres = 0] = cpuAfter.map((after, at) => after - (cpuBefore[at] ?? 0))
  return {
    acked: Math.round(stored / seconds),
    delivered: Math.round(stored / took),
    cpuPer1000: round((own / stored) * 1000),
    postgresCpuPer1000: round((postgres / stored) * 1000),
    ackMs: spread(waits),
  }
}

function summary(results: readonly { replyline: Measured; reference: Measured }[]): Figures {
  const best = (name: 'replyline' | 'reference') =>
    results.map((result) => result[name]).toSorted((a, b) => b.delivered - a.delivered)[0]
  const own = best('replyline')
  const other = best('reference')
  return {
    ...{ replyline: own, reference: other },
    ratio: {
      acked: round((own?.acked ?? 0) / (other?.acked ?? 1)),
      delivered: round((own?.delivered ?? 0) / (other?.delivered ?? 1)),
    },
  }
}
