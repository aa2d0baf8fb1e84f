import type { OpenAPIHono, z } from '@hono/zod-openapi'
import { standsOf } from '../../connections/list-accounts.ts'
import { REASONS } from '../../conversations/reasons.ts'
import { countMarketing, type MarketingCount } from '../../db/marketing-store.ts'
import {
  countEvents,
  countFailing,
  countTexts,
  countWaiting,
  findLastReceived,
  findLastSent,
  type LastSent,
  type LastText,
  listBridgeStates,
  type TextCounts,
} from '../../db/overview.ts'
import type { Tx } from '../../db/records.ts'
import { listStillConnections } from '../../db/still-connections.ts'
import { type Clock, HOUR, type Instant, instant } from '../../kernel/instant.ts'
import { IN_LINE, stepSentence } from './conversations-steps.ts'
import { failureIn } from './conversations-words.ts'
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
  const texts = await countTexts(db, since)
  const received = await findLastReceived(db)
  const sent = await findLastSent(db)
  const still = await listStillConnections(db)
  const campaigns = await countMarketing(db, since, MOST_CAMPAIGNS)
  return bridges.map((bridge) => {
    const isOfBridge = (row: { readonly bridgeId: string }) => row.bridgeId === bridge.id
    const lastReceived = received.find(isOfBridge)
    const lastSent = sent.find(isOfBridge)
    return {
      ...bridge,
      connections: bridge.connections.map((connection) => ({
        ...connection,
        stands: standsOf(still.find(({ id }) => id === connection.id)),
      })),
      lastReceived: lastReceived === undefined ? null : receivedText(lastReceived),
      lastSent: lastSent === undefined ? null : sentText(lastSent),
      waiting: waiting.filter(isOfBridge).map(({ waitingFor, bridgeId: _bridge, ...row }) => ({
        ...row,
        for: waitingFor ?? IN_LINE,
        isInLine: waitingFor === null,
      })),
      failing: failing.filter(isOfBridge).map(({ what, count }) => ({ what, count })),
      texts: textsOf(texts.find(isOfBridge)),
      campaigns: campaigns.filter(isOfBridge).map(campaignOf),
      events: events.get(bridge.id) ?? 0,
    }
  })
}

const MOST_CAMPAIGNS = 5

function campaignOf({
  bridgeId: _bridge,
  counts,
  ...campaign
}: MarketingCount): z.infer<typeof bridgeSchema>['campaigns'][number] {
  return { ...campaign, counts: counts.map((row) => ({ ...row, says: saysOf(row.reason) })) }
}

function saysOf(reason: string): string {
  return REASONS[reason as keyof typeof REASONS]?.says ?? reason
}

function textsOf(counts: TextCounts | undefined): z.infer<typeof bridgeSchema>['texts'] {
  const { received = 0, sent = 0, failed = 0 } = counts ?? {}
  return { received, sent, failed }
}

type Last = z.infer<typeof lastTextSchema>

function receivedText({ bridgeId: _bridge, reason, waitingFor, ...row }: LastText): Last {
  if (row.state === 'set_aside')
    return { ...row, state: 'failed', says: 'Work on it failed and was set aside.' }
  if (reason === null || waitingFor !== null)
    return { ...row, state: 'waiting', says: `It waits: ${waitingFor ?? IN_LINE}.` }
  return { ...row, state: 'fine', says: saysOf(reason) }
}

function sentText({ bridgeId: _bridge, waitingFor, report, ...row }: LastSent): Last {
  const { state, reason, delivery, ...facts } = row
  const failure = failureIn(report)
  const says = stepSentence({ kind: 'send_text', state, reason, delivery, failure })
  if (delivery === 'failed' || state === 'gave_up') return { ...facts, state: 'failed', says }
  if (state === 'unknown' && waitingFor === null) return { ...facts, state: 'unknown', says }
  if (state === 'done') return { ...facts, state: 'fine', says }
  return {
    ...facts,
    state: 'waiting',
    says: waitingFor === null ? says : `It waits: ${waitingFor}.`,
  }
}
