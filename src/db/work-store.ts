import type { Reason } from '../conversations/reasons.ts'
import type { BridgeId, ConversationId, CustomerId, EventId, WorkItemId } from '../kernel/ids.ts'
import { type Instant, instant, toIso } from '../kernel/instant.ts'
import type { About, QueueName, Source, Tx, WorkItem } from './records.ts'

/** A work item as intake or an outcome makes it; `settled` ones are born done. */
export type WorkDraft = {
  readonly id: WorkItemId
  readonly eventId: EventId
  readonly bridgeId: BridgeId
  readonly queue: QueueName
  readonly lane: string
  readonly about: About | 'nothing'
  readonly conversationId: ConversationId | null
  readonly settled: Reason | null
}

export async function insertWorkItems(
  tx: Tx,
  drafts: readonly WorkDraft[],
  now: Instant,
): Promise<void> {
  if (drafts.length === 0) return
  const each = <Value>(read: (draft: WorkDraft) => Value) => drafts.map(read)
  await tx.query(
    `insert into work_items (id, event_id, bridge_id, queue, lane, about, conversation_id, state, reason, created_at, decided_at, done_at)
     select id, event_id, bridge_id, queue, lane, about, conversation_id, case when reason is null then 'open' else 'done' end, reason, $9,
            case when reason is not null then $9::timestamptz end, case when reason is not null then $9::timestamptz end
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[])
       as t (id, event_id, bridge_id, queue, lane, about, conversation_id, reason)`,
    [
      each(({ id }) => id),
      each(({ eventId }) => eventId),
      each(({ bridgeId }) => bridgeId),
      each(({ queue }) => queue),
      each(({ lane }) => lane),
      each(({ about }) => about),
      each(({ conversationId }) => conversationId),
      each(({ settled }) => settled),
      toIso(now),
    ],
  )
}

type Row = {
  id: string
  event_id: string
  bridge_id: string
  queue: string
  lane: string
  about: string
  conversation_id: string | null
  state: string
  reason: string | null
  gathered: unknown
  failures: number
  failing_since: Date | null
  created_at: Date
  decided_at: Date | null
  source: string
  kind: string
  remote_id: string
  payload: unknown
  customer_id: string | null
  event_at: Date
}

/** The work item with its event; null when it was discarded with its bridge. */
export async function findWorkItem(tx: Tx, id: WorkItemId): Promise<WorkItem | null> {
  const { rows } = await tx.query<Row>(
    `select w.id, w.event_id, w.bridge_id, w.queue, w.lane, w.about, w.conversation_id, w.state, w.reason, w.gathered, w.failures, w.failing_since, w.created_at, w.decided_at,
            e.source, e.kind, e.remote_id, e.payload, e.customer_id, e.event_at
     from work_items w join events e on e.id = w.event_id where w.id = $1`,
    [id],
  )
  return rows[0] === undefined ? null : toWorkItem(rows[0])
}

function toWorkItem(row: Row): WorkItem {
  return {
    id: row.id as WorkItemId,
    eventId: row.event_id as EventId,
    bridgeId: row.bridge_id as BridgeId,
    queue: row.queue as QueueName,
    lane: row.lane,
    about: row.about as About,
    conversationId: row.conversation_id as ConversationId | null,
    state: row.state as WorkItem['state'],
    reason: row.reason as Reason | null,
    gathered: row.gathered,
    failures: row.failures,
    failingSince: row.failing_since === null ? null : instant(row.failing_since.getTime()),
    createdAt: instant(row.created_at.getTime()),
    decidedAt: row.decided_at === null ? null : instant(row.decided_at.getTime()),
    event: {
      source: row.source as Source,
      kind: row.kind,
      remoteId: row.remote_id,
      payload: row.payload,
      customerId: row.customer_id as CustomerId | null,
      at: instant(row.event_at.getTime()),
    },
  }
}

/** A work item that is not finished, as far as the sweep needs it. */
export type UnfinishedItem = {
  readonly id: WorkItemId
  readonly queue: QueueName
  readonly lane: string
  readonly bridgeId: BridgeId
  readonly createdAt: Date
}

/** The next page of unfinished items after `last`, oldest first. */
export async function findUnfinished(
  tx: Tx,
  last: UnfinishedItem | null,
  limit: number,
): Promise<readonly UnfinishedItem[]> {
  const { rows } = await tx.query<UnfinishedItem>(
    `select id, queue, lane, bridge_id as "bridgeId", created_at as "createdAt" from work_items
     where state in ('open', 'decided') and ($1::timestamptz is null or (created_at, id) > ($1, $2::uuid))
     order by created_at, id limit $3`,
    [last?.createdAt ?? null, last?.id ?? null, limit],
  )
  return rows
}

/** Which of these items are not finished. */
export async function stillUnfinished(
  tx: Tx,
  ids: readonly WorkItemId[],
): Promise<ReadonlySet<WorkItemId>> {
  if (ids.length === 0) return new Set()
  const { rows } = await tx.query<{ id: WorkItemId }>(
    `select id from work_items where id = any($1::uuid[]) and state in ('open', 'decided')`,
    [ids],
  )
  return new Set(rows.map(({ id }) => id))
}

/** Whether a text of this conversation, from the two minutes before `at`, was already noted as an opt-out. */
export async function hasNotedOptOut(
  tx: Tx,
  conversationId: ConversationId,
  at: Instant,
): Promise<boolean> {
  const { rows } = await tx.query(
    `select 1 from work_items w join events e on e.id = w.event_id
     where w.conversation_id = $1 and w.reason = 'opted_out_by_request'
       and e.event_at between $2::timestamptz - interval '2 minutes' and $2::timestamptz + interval '2 seconds' limit 1`,
    [conversationId, toIso(at)],
  )
  return rows.length > 0
}
