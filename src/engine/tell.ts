import type { SendText, Tell } from '../conversations/effects.ts'
import type { TextOutcome } from '../conversations/events.ts'
import { insertEvents } from '../db/intake-store.ts'
import type { IntakeRow, Tx } from '../db/records.ts'
import { insertWorkItems } from '../db/work-store.ts'
import type { BridgeId, EventId } from '../kernel/ids.ts'
import { insertJobs } from './queue.ts'
import type { Run } from './run.ts'
import { openWork } from './store-events.ts'

const QUOTED_LENGTH = 40

type Telling = { readonly text: Pick<SendText, 'ticketId' | 'body'>; readonly tell: Tell }

/**
 * Hands something the agent must hear to the lane toward Zendesk: an event of our own with its work,
 * in the transaction of the outcome, so that it is told exactly when the outcome is kept.
 */
export async function insertTell(
  { deps, item }: Pick<Run, 'deps' | 'item'>,
  tx: Tx,
  { text, tell }: Telling,
): Promise<void> {
  const at = deps.clock.now()
  const { ticketId } = text
  const payload = { kind: 'text_outcome', ticketId, ...tell, textStart: startOf(text.body), at }
  const { customerId } = item.event
  const row = toRow(item.bridgeId, deps.newId() as EventId, payload as TextOutcome)
  await insertEvents(tx, [{ row, customerId }], at)
  const drafts = row.work.map((about) => openWork(row, about, customerId, deps.newId))
  await insertWorkItems(
    tx,
    drafts.map(({ work }) => work),
    at,
  )
  await insertJobs(
    deps.boss,
    tx,
    drafts.map(({ job }) => job),
  )
}

function toRow(bridgeId: BridgeId, eventId: EventId, payload: TextOutcome): IntakeRow {
  return {
    eventId,
    bridgeId,
    source: 'replyline',
    key: eventId,
    kind: payload.kind,
    remoteId: eventId,
    ticketId: payload.ticketId,
    commentId: null,
    at: payload.at,
    payload,
    customer: null,
    ticketState: null,
    consent: null,
    flowMessageTo: null,
    marketing: null,
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
