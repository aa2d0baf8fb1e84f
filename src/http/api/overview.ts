import type { OpenAPIHono, z } from '@hono/zod-openapi'
import { REASONS } from '../../conversations/reasons.ts'
import {
  countEvents,
  countFailing,
  countWaiting,
  findLastReceived,
  findLastSent,
  type LastSent,
  type LastText,
  listBridgeStates,
} from '../../db/overview.ts'
import type { Tx } from '../../db/records.ts'
import { type Clock, HOUR, type Instant, instant } from '../../kernel/instant.ts'
import { IN_LINE, stepSentence } from './conversations-steps.ts'
import { type bridgeSchema, getOverview, type lastTextSchema } from './overview-contract.ts'

export type OverviewDeps = {
  readonly db: Tx
  readonly clock: Clock
  /** Whether only emulated platforms can be called. */
  readonly isSandbox: boolean
}

/** `GET /overview`. Reads only. */
export function mountOverview(api: OpenAPIHono, deps: OverviewDeps): void {
  api.openapi(getOverview, async (context) => {
    const { since } = context.req.valid('query')
    const from = since === undefined ? deps.clock.now() - 24 * HOUR : Date.parse(since)
    const bridges = await describeBridges(deps.db, instant(from))
    return context.json({ isSandbox: deps.isSandbox, bridges }, 200)
  })
}

async function describeBridges(db: Tx, since: Instant): Promise<z.infer<typeof bridgeSchema>[]> {
  const bridges = await listBridgeStates(db)
  const waiting = await countWaiting(db)
  const failing = await countFailing(db)
  const events = await countEvents(db, since)
  const received = await findLastReceived(db)
  const sent = await findLastSent(db)
  return bridges.map((bridge) => {
    const isOfBridge = (row: { readonly bridgeId: string }) => row.bridgeId === bridge.id
    const lastReceived = received.find(isOfBridge)
    const lastSent = sent.find(isOfBridge)
    return {
      ...bridge,
      connections: [...bridge.connections],
      lastReceived: lastReceived === undefined ? null : receivedText(lastReceived),
      lastSent: lastSent === undefined ? null : sentText(lastSent),
      waiting: waiting.filter(isOfBridge).map(({ waitingFor, bridgeId: _bridge, ...row }) => ({
        ...row,
        for: waitingFor ?? IN_LINE,
        isInLine: waitingFor === null,
      })),
      failing: failing.filter(isOfBridge).map(({ what, count }) => ({ what, count })),
      events: events.get(bridge.id) ?? 0,
    }
  })
}

type Last = z.infer<typeof lastTextSchema>

function receivedText({ bridgeId: _bridge, reason, waitingFor, ...row }: LastText): Last {
  if (row.state === 'set_aside')
    return { ...row, state: 'failed', says: 'Work on it failed and was set aside.' }
  if (reason === null || waitingFor !== null)
    return { ...row, state: 'waiting', says: `It waits: ${waitingFor ?? IN_LINE}.` }
  return { ...row, state: 'fine', says: REASONS[reason as keyof typeof REASONS]?.says ?? reason }
}

function sentText({ bridgeId: _bridge, waitingFor, ...row }: LastSent): Last {
  const { state, reason, delivery, ...facts } = row
  const says = stepSentence({ kind: 'send_text', state, reason, delivery })
  if (delivery === 'failed' || state === 'gave_up' || state === 'unknown')
    return { ...facts, state: 'failed', says }
  if (state === 'done') return { ...facts, state: 'fine', says }
  return {
    ...facts,
    state: 'waiting',
    says: waitingFor === null ? says : `It waits: ${waitingFor}.`,
  }
}
