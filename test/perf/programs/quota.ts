import { setTimeout as delay } from 'node:timers/promises'
import { round } from '../figures.ts'
import { openLine } from '../load.ts'
import { commentRequest } from '../requests.ts'
import { openSurroundings, type Surroundings } from '../surroundings.ts'
import { untilDelivered } from '../wait.ts'
import type { Program } from './program.ts'

const CUSTOMERS = 500
const QUOTA_A_MINUTE = 60
/** Whole minutes behind the first one, whose burst is not the steady state. */
const MINUTES = 2
const WAITING = 400
const IDLE = 20

export const quota: Program = {
  name: 'quota',
  measures: 'replies against Klaviyo’s 3 a second and 60 a minute, with more waiting than may go',
  async run(task) {
    const env = { RATE_LIMITS: 'default' }
    const around = await openSurroundings({ customers: CUSTOMERS, stored: task.stored, env })
    try {
      const idle = await callsWhileIdle(around)
      await around.limitTexts()
      await send(around, WAITING)
      await delay(60_000)
      await around.ask('calls')
      await delay(MINUTES * 60_000)
      const calls = await around.ask('calls')
      const tries = calls['POST /api/conversation-messages'] ?? 0
      const refused = calls['429'] ?? 0
      const sent = tries - refused
      task.report({
        minutes: MINUTES,
        sent,
        shareOfQuota: round(sent / (QUOTA_A_MINUTE * MINUTES)),
        refused,
        shareOfRefused: round(refused / Math.max(1, tries)),
        callsPerMessage: { idle, backlog: round((sum(calls) - refused) / Math.max(1, sent)) },
      })
    } finally {
      await around.close()
    }
  },
}

/** Calls for each reply when nothing waits, the platform's token not counted. */
async function callsWhileIdle(around: Surroundings): Promise<number> {
  await send(around, 1)
  await untilDelivered(around, 1)
  await around.ask('calls')
  await send(around, IDLE)
  await untilDelivered(around, IDLE)
  return round(sum(await around.ask('calls')) / IDLE)
}

async function send(around: Surroundings, count: number): Promise<void> {
  const line = await openLine(around.servicePort)
  for (let at = 0; at < count; at += 1)
    await line.ask(commentRequest(around.bridge, 1 + (at % CUSTOMERS), `#${at}# On its way`))
  line.close()
}

/** 429 is counted beside the call that it answered. */
function sum(calls: Readonly<Record<string, number>>): number {
  return Object.entries(calls).reduce(
    (all, [kind, count]) => (kind === '429' ? all : all + count),
    0,
  )
}
