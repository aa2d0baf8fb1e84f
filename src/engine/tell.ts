import type { SendText, Tell } from '../conversations/effects.ts'
import type { TextOutcome } from '../conversations/events.ts'
import { insertEvents } from '../db/intake-store.ts'
import type { IntakeRow, Tx } from '../db/records.ts'
import { insertWorkItems } from '../db/work-store.ts'
import type {
  BridgeId,
  CustomerId,
  EffectId,
  EventId,
  TicketId,
  WorkItemId,
} from '../kernel/ids.ts'
import type { EngineDeps } from './engine-deps.ts'
import { groupOf, laneOf } from './lanes.ts'
import { insertJobs } from './queue.ts'

const QUOTED_LENGTH = 40

type Telling = {
  readonly bridgeId: BridgeId
  readonly customerId: CustomerId | null
  readonly effectId: EffectId
  readonly text: Pick<SendText, 'ticketId' | 'body'>
  readonly tell: Tell
}

/**
 * Hands something the agent must hear to the lane toward Zendesk: an event of our own with its work,
 * in the transaction of the outcome, so that it is told exactly when the outcome is kept.
 */
export async function insertTell(deps: EngineDeps, tx: Tx, telling: Telling): Promise<void> {
  const now = deps.clock.now()
  const payload: TextOutcome = {
    kind: 'text_outcome',
    effectId: telling.effectId,
    ticketId: telling.text.ticketId,
    ...telling.tell,
    textStart: startOf(telling.text.body),
    at: now,
  }
  const row = toRow(telling.bridgeId, deps.newId() as EventId, telling.text.ticketId, payload)
  await insertEvents(tx, [{ row, customerId: telling.customerId }], now)
  const lane = laneOf('text_outcome', telling.bridgeId, telling.customerId, telling.text.ticketId)
  const id = deps.newId() as WorkItemId
  await insertWorkItems(
    tx,
    [
      {
        id,
        eventId: row.eventId,
        bridgeId: telling.bridgeId,
        queue: lane.queue,
        lane: lane.key,
        about: 'text_outcome',
        conversationId: null,
        settled: null,
      },
    ],
    now,
  )
  await insertJobs(deps.boss, tx, [
    {
      workItemId: id,
      queue: lane.queue,
      lane: lane.key,
      group: groupOf(telling.bridgeId, lane.platform),
    },
  ])
}

function toRow(
  bridgeId: BridgeId,
  eventId: EventId,
  ticketId: TicketId,
  payload: TextOutcome,
): IntakeRow {
  return {
    eventId,
    bridgeId,
    source: 'replyline',
    key: eventId,
    kind: payload.kind,
    remoteId: eventId,
    ticketId,
    commentId: null,
    at: payload.at,
    payload,
    customer: null,
    ticketState: null,
    consent: null,
    flowMessageTo: null,
    work: ['text_outcome'],
    settled: null,
  }
}

function startOf(body: string): string {
  const flat = body.replace(/\s+/g, ' ').trim()
  return flat.length <= QUOTED_LENGTH
    ? flat
    : `${flat
        .slice(0, QUOTED_LENGTH)
        .toWellFormed()
        .replace(/\uFFFD$/, '')}…`
}
