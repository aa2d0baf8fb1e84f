import type { EffectId, EventId, WorkItemId } from '../kernel/ids.ts'
import { type Instant, toIso } from '../kernel/instant.ts'
import type { About, Tx, WorkItem } from './records.ts'

/** What a person did about a piece of work. */
export type Intervention = {
  readonly id: string
  readonly workItemId: WorkItemId
  readonly effectId: EffectId | null
  readonly action: 'retry' | 'edit' | 'discard' | 'replay'
  readonly who: string
  readonly note: string | null
}

/** A work item as recovery needs it; it stays locked until the transaction ends. */
export type HeldWork = Pick<WorkItem, 'id' | 'bridgeId' | 'queue' | 'lane' | 'state' | 'reason'> & {
  readonly about: About | 'nothing'
  readonly wasDecided: boolean
}

const HELD = `w.id, w.bridge_id as "bridgeId", w.queue, w.lane, w.about, w.state, w.reason, w.decided_at is not null as "wasDecided"`

/** The work item of this id, or of the effect of this id. */
export async function holdWork(
  tx: Tx,
  id: string,
): Promise<{ readonly work: HeldWork; readonly effectId: EffectId | null } | null> {
  const { rows } = await tx.query<HeldWork & { effectId: EffectId | null }>(
    `select ${HELD}, f.id as "effectId" from work_items w left join effects f on f.work_item_id = w.id and f.id = $1
     where w.id = $1 or w.id = (select work_item_id from effects where id = $1) for update of w`,
    [id],
  )
  const row = rows[0]
  if (row === undefined) return null
  const { effectId, ...work } = row
  return { work, effectId }
}

/** Every work item of an event, locked. */
export async function holdWorkOfEvent(tx: Tx, id: EventId): Promise<readonly HeldWork[]> {
  const { rows } = await tx.query<HeldWork>(
    `select ${HELD} from work_items w where w.event_id = $1 order by w.id for update`,
    [id],
  )
  return rows
}

/** Lets a finished or set-aside item go on; from `open`, on facts that are gathered anew. */
export async function reviveWork(
  tx: Tx,
  id: WorkItemId,
  to: 'open' | 'decided',
  now: Instant,
): Promise<void> {
  await tx.query(
    `update work_items set state = $2, done_at = null, failures = 0, failing_since = null, error = null,
       gathered = case when $2 = 'decided' then gathered end, decided_at = case when $2 = 'decided' then $3::timestamptz end
     where id = $1`,
    [id, to, toIso(now)],
  )
}

/** Ends an item that a person does not want any more. */
export async function discardWork(tx: Tx, id: WorkItemId, now: Instant): Promise<void> {
  await tx.query(
    `update work_items set state = 'done', reason = coalesce(reason, 'discarded'), done_at = $2, waiting_for = null, waiting_until = null where id = $1`,
    [id, toIso(now)],
  )
  await tx.query(
    `update effects set settled_at = $2, dismissed_at = $2,
       state = case when state = 'unknown' then state else 'gave_up' end,
       reason = case when state = 'unknown' then 'told_unknown' else 'discarded' end
     where work_item_id = $1 and (state in ('pending', 'attempting') or state = 'unknown' and reason is distinct from 'told_unknown')`,
    [id, toIso(now)],
  )
}

export async function dismissEffects(
  tx: Tx,
  ids: readonly EffectId[],
  now: Instant,
): Promise<void> {
  await tx.query('update effects set dismissed_at = $2 where id = any($1::uuid[])', [
    ids,
    toIso(now),
  ])
}

/** Puts effects back to be tried again under their own handle. */
export async function resetEffects(tx: Tx, ids: readonly EffectId[]): Promise<void> {
  await tx.query(
    `update effects set state = 'pending', reason = null, settled_at = null, attempt_count = 0 where id = any($1::uuid[])`,
    [ids],
  )
}

export async function insertIntervention(tx: Tx, done: Intervention, now: Instant): Promise<void> {
  await tx.query(
    'insert into interventions (id, work_item_id, effect_id, action, who, note, at) values ($1, $2, $3, $4, $5, $6, $7)',
    [done.id, done.workItemId, done.effectId, done.action, done.who, done.note, toIso(now)],
  )
}
