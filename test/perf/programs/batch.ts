import { median, round } from '../figures.ts'
import { openLine } from '../load.ts'
import { campaignElement, klaviyoRequest, textElement } from '../requests.ts'
import { openSurroundings, type Surroundings } from '../surroundings.ts'
import type { Program } from './program.ts'

const EVENTS = 1_000
const CUSTOMERS = 1_000
const DELIVERIES = 15

export const batch: Program = {
  name: 'batch',
  measures: 'one Klaviyo delivery of 1,000 events, until all are on disk and it is answered',
  async run(task) {
    const env = { ROLE: 'web' }
    const around = await openSurroundings({ customers: CUSTOMERS, stored: task.stored, env })
    try {
      const reference = await around.startReference({ delivers: false })
      const elements = { texts: text, campaign: campaignElement }
      for (const [kind, element] of Object.entries(elements)) {
        const own: number[] = []
        const other: number[] = []
        for (let at = 0; at < DELIVERIES; at += 1) {
          own.push(await once(around, around.servicePort, element))
          other.push(await once(around, reference.port, element))
        }
        const ms = round(median(own))
        const referenceMs = round(median(other))
        const most = round(Math.max(...own))
        task.report({ kind, events: EVENTS, ms, most, referenceMs, ratio: round(referenceMs / ms) })
      }
    } finally {
      await around.close()
    }
  },
}

function text(customer: number): unknown {
  return textElement(customer, 'Where is my order?')
}

async function once(
  around: Surroundings,
  port: number,
  element: (customer: number) => unknown,
): Promise<number> {
  const elements = Array.from({ length: EVENTS }, (_, index) => element(1 + (index % CUSTOMERS)))
  const request = klaviyoRequest(around.bridge, elements)
  const line = await openLine(port)
  const began = performance.now()
  const status = await line.ask(request)
  const took = performance.now() - began
  line.close()
  if (status !== 200) throw new Error(`the delivery was answered ${status}`)
  return took
}
