import type { SendText } from '../conversations/effects.ts'
import type { BridgeId, EffectId, ProfileId, WorkItemId } from '../kernel/ids.ts'
import { type Instant, toIso } from '../kernel/instant.ts'
import type { Tx } from './records.ts'

/** The reason of an unknown text of which the agent has been told: its lane goes on without it. */
export const TOLD_UNKNOWN = 'told_unknown'

/** A text of ours that a Klaviyo report could settle. */
export type SettlableText = {
  readonly id: EffectId
  readonly workItemId: WorkItemId
  readonly text: SendText
  readonly wasTold: boolean
}

/**
 * The oldest text to this profile with this body that no report has settled yet, locked. Texts are
 * settled in the order they were sent, so that two alike each need a report of their own. A report is
 * about a text sent before it, at most three days: carriers give up sooner. Five minutes are left for clocks that differ.
 * A report that names no words (`bodyHash` null) is taken for one about the oldest text of the last hour, but never
 * for what became of an unknown one: it may be about a message that somebody else wrote.
 */
export async function findOldestUnsettledText(
  tx: Tx,
  bridgeId: BridgeId,
  profileId: ProfileId,
  bodyHash: string | null,
  reportedAt: Instant,
): Promise<SettlableText | null> {
  const { rows } = await tx.query<{
    id: EffectId
    work_item_id: WorkItemId
    payload: SendText
    reason: string | null
  }>(
    `select id, work_item_id, payload, reason from effects
     where bridge_id = $1 and profile_id = $2 and delivery is null
       and first_attempted_at <= $4::timestamptz + interval '5 minutes'
       and case when $3::text is null
         then state in ('attempting', 'done') and first_attempted_at >= $4::timestamptz - interval '1 hour'
         else state in ('attempting', 'done', 'unknown') and body_hash = $3
           and first_attempted_at >= $4::timestamptz - interval '3 days' end
     order by first_attempted_at, id limit 1 for update`,
    [bridgeId, profileId, bodyHash, toIso(reportedAt)],
  )
  const row = rows[0]
  return row === undefined
    ? null
    : {
        id: row.id,
        workItemId: row.work_item_id,
        text: row.payload,
        wasTold: row.reason === TOLD_UNKNOWN,
      }
}

/** Records what Klaviyo reported of a text; an unknown one is thereby known. */
export async function saveDelivery(
  tx: Tx,
  id: EffectId,
  delivery: 'delivered' | 'failed',
  klaviyoEventId: string,
  now: Instant,
): Promise<void> {
  await tx.query(
    `update effects set delivery = $2, delivery_event_id = $3, state = 'done', settled_at = coalesce(settled_at, $4),
       reason = case when state = 'unknown' then 'settled_by_report' else reason end where id = $1`,
    [id, delivery, klaviyoEventId, toIso(now)],
  )
}

/** Whether a report has settled the text; holds its row, so that none comes in between. */
export async function isReported(tx: Tx, id: EffectId): Promise<boolean> {
  const { rows } = await tx.query<{ delivery: string | null }>(
    'select delivery from effects where id = $1 for update',
    [id],
  )
  return rows[0]?.delivery != null
}
