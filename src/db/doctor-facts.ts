import type { BridgeId } from '../kernel/ids.ts'
import { type Instant, instant } from '../kernel/instant.ts'
import type { Platform, Tx } from './records.ts'

/*
 * What the doctor reads of what came.
 */

/** When a platform's last delivery for any of these bridges was taken in; null when none was. */
export async function findLastDelivery(
  tx: Tx,
  bridgeIds: readonly BridgeId[],
  platform: Platform,
): Promise<Instant | null> {
  const { rows } = await tx.query<{ at: Date }>(
    `select received_at as at from events where bridge_id = any($1::uuid[]) and source = $2 order by id desc limit 1`,
    [bridgeIds, platform],
  )
  return rows[0] === undefined ? null : instant(rows[0].at.getTime())
}

/** Which of these events, by the platform's own ids, came to any of these bridges. */
export async function findKnownEvents(
  tx: Tx,
  bridgeIds: readonly BridgeId[],
  remoteIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ id: string }>(
    'select distinct remote_id as id from events where bridge_id = any($1::uuid[]) and remote_id = any($2)',
    [bridgeIds, remoteIds],
  )
  return new Set(rows.map(({ id }) => id))
}

/** Of which of these tickets anything came to any of these bridges. */
export async function findKnownTickets(
  tx: Tx,
  bridgeIds: readonly BridgeId[],
  ticketIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ id: string }>(
    `select distinct ticket_id as id from events where bridge_id = any($1::uuid[]) and ticket_id = any($2)`,
    [bridgeIds, ticketIds],
  )
  return new Set(rows.map(({ id }) => id))
}

/** The numbers of ours that were texted; '' where an event did not name one. */
export async function listBrandNumbers(tx: Tx, id: BridgeId): Promise<readonly string[]> {
  const { rows } = await tx.query<{ number: string }>(
    'select distinct brand_number as number from conversations where bridge_id = $1 order by 1',
    [id],
  )
  return rows.map(({ number }) => number)
}

/** As far back as a text that could not be read is looked for, so that a large log costs no more. */
const LOOK_BACK = 2_000

/** The newest inbound text as stored, readable or not; null when none came, or none lately. */
export async function findLastMessage(
  tx: Tx,
  id: BridgeId,
): Promise<{ readonly at: Instant; readonly payload: unknown } | null> {
  const { rows } = await tx.query<{ at: Date; payload: unknown }>(
    `select event_at as at, payload from events where id = greatest(
       (select id::text from events where bridge_id = $1 and kind = 'customer_message' order by id desc limit 1),
       (select id::text from (select id, bridge_id, kind from events order by id desc limit ${LOOK_BACK}) latest
        where bridge_id = $1 and kind like 'event:klaviyo.sent\\_%' order by id desc limit 1))::uuid`,
    [id],
  )
  const row = rows[0]
  return row === undefined ? null : { at: instant(row.at.getTime()), payload: row.payload }
}
