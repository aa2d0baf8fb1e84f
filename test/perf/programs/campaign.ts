import { cpuSeconds, residentMb, round, treeCpuSeconds } from '../figures.ts'
import { openLine } from '../load.ts'
import { campaignElement, klaviyoRequest } from '../requests.ts'
import { openSurroundings, type Surroundings } from '../surroundings.ts'
import type { Program } from './program.ts'

const EVENTS_EACH = 1_000
/** Klaviyo's deliveries come side by side. */
const CONNECTIONS = 4
const OPEN_TICKETS = 1_000
/** The reference takes so many, and is then counted up. */
const REFERENCE_DELIVERIES = 50

export const campaign: Program = {
  name: 'campaign',
  measures: 'a campaign that arrived on a million phones, 1,000 of them with an open ticket',
  async run(task) {
    const around = await openSurroundings({ customers: OPEN_TICKETS, stored: task.stored })
    try {
      const reference = await around.startReference({ delivers: false })
      const deliveries = Math.ceil(task.events / EVENTS_EACH)
      const bytesBefore = await databaseBytes(around)
      const before = [cpuSeconds(around.service.pid()), treeCpuSeconds(around.postgresPid)]
      const seconds = await send(around, around.servicePort, deliveries)
      const cpu = [cpuSeconds(around.service.pid()), treeCpuSeconds(around.postgresPid)]
      const [own = 0, postgres = 0] = cpu.map((after, at) => round(after - (before[at] ?? 0)))
      const bytes = (await databaseBytes(around)) - bytesBefore
      const referenceSeconds = await send(around, reference.port, REFERENCE_DELIVERIES)
      const perSecond = Math.round((deliveries * EVENTS_EACH) / seconds)
      const referencePerSecond = Math.round((REFERENCE_DELIVERIES * EVENTS_EACH) / referenceSeconds)
      task.report({
        ...{ events: deliveries * EVENTS_EACH, seconds: round(seconds), perSecond },
        secondsForAMillion: round(1_000_000 / perSecond),
        ...{ referencePerSecond, ratio: round(perSecond / referencePerSecond) },
        cpuSeconds: { service: own, postgres },
        diskMb: round(bytes / 2 ** 20),
        bytesPerEvent: Math.round(bytes / (deliveries * EVENTS_EACH)),
        residentMb: residentMb(around.service.pid()),
      })
    } finally {
      await around.close()
    }
  },
}

/** Every thousandth event is for somebody with an open ticket. Bodies are made as they are sent. */
async function send(around: Surroundings, port: number, deliveries: number): Promise<number> {
  let next = 0
  const began = performance.now()
  let making = 0
  const one = async () => {
    const line = await openLine(port)
    while (next < deliveries) {
      const at = next++
      const makeBegan = performance.now()
      const request = bodyOf(around, at)
      making += performance.now() - makeBegan
      const status = await line.ask(request)
      if (status !== 200) throw new Error(`a delivery was answered ${status}`)
    }
    line.close()
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, one))
  process.stderr.write(`made ${deliveries} deliveries in ${Math.round(making)} ms\n`)
  return (performance.now() - began) / 1000
}

function bodyOf(around: Surroundings, at: number): Buffer {
  const elements = Array.from({ length: EVENTS_EACH }, (_, index) =>
    campaignElement(index === 0 ? 1 + (at % OPEN_TICKETS) : 10_000 + at * EVENTS_EACH + index),
  )
  return klaviyoRequest(around.bridge, elements)
}

async function databaseBytes({ db }: Surroundings): Promise<number> {
  const { rows } = await db.query<{ bytes: string }>(
    'select pg_database_size(current_database()) as bytes',
  )
  return Number(rows[0]?.bytes)
}
