import type { ConversationId, CustomerId, TicketId } from '../kernel/ids.ts'
import { type Instant, toIso } from '../kernel/instant.ts'
import type { IntakeRow, Tx } from './records.ts'

/**
 * The statements of one intake flush. Each takes the whole batch at once, so that their number does
 * not grow with the batch. Called in order, inside one transaction, by `engine/intake.ts`.
 */

/** Claims the dedupe keys; returns the rows whose key is new, each key once, in the order given. */
export async function claimKeys(
  tx: Tx,
  rows: readonly IntakeRow[],
  now: Instant,
): Promise<readonly IntakeRow[]> {
  const byKey = new Map<string, IntakeRow>()
  for (const row of rows) if (!byKey.has(keyOf(row))) byKey.set(keyOf(row), row)
  // Sorted, so that two processes that flush the same keys cannot wait for each other in a circle.
  const sorted = [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
  const { rows: fresh } = await tx.query<{ bridge_id: string; source: string; key: string }>(
    `insert into intake_keys (bridge_id, source, key, at)
     select b, s, k, $4 from unnest($1::uuid[], $2::text[], $3::text[]) as t (b, s, k)
     on conflict do nothing returning bridge_id, source, key`,
    [
      sorted.map((row) => row.bridgeId),
      sorted.map((row) => row.source),
      sorted.map((row) => row.key),
      toIso(now),
    ],
  )
  const claimed = new Set(fresh.map((row) => `${row.bridge_id} ${row.source} ${row.key}`))
  return [...byKey.entries()].filter(([key]) => claimed.has(key)).map(([, row]) => row)
}

function keyOf(row: IntakeRow): string {
  return `${row.bridgeId} ${row.source} ${row.key}`
}

/** Writes ticket states, the newest of each ticket, and adopts tickets whose making is unsettled. */
export async function saveTicketStates(tx: Tx, rows: readonly IntakeRow[]): Promise<void> {
  const states = newestPerTicket(rows)
  if (states.length === 0) return
  await tx.query(
    `insert into tickets (bridge_id, ticket_id, status, status_at)
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[])
     on conflict (bridge_id, ticket_id) do update
       set status = coalesce(excluded.status, tickets.status), status_at = excluded.status_at
       where tickets.status is distinct from 'closed' and (tickets.status_at is null or excluded.status_at >= tickets.status_at)`,
    [
      states.map((row) => row.bridgeId),
      states.map((row) => row.ticketState?.ticketId),
      states.map((row) => row.ticketState?.status ?? null),
      states.map((row) => toIso(row.at)),
    ],
  )
  await adoptOwnTickets(
    tx,
    states.filter((row) => row.ticketState?.ours != null),
  )
}

function newestPerTicket(rows: readonly IntakeRow[]): readonly IntakeRow[] {
  const newest = new Map<string, IntakeRow>()
  for (const row of rows) {
    if (row.ticketState === null) continue
    const key = `${row.bridgeId} ${row.ticketState.ticketId}`
    const known = newest.get(key)
    if (known === undefined || row.at >= known.at) newest.set(key, row)
  }
  return [...newest.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

/** An event that names an unsettled create tells the ticket's id before the call's own answer does. */
async function adoptOwnTickets(tx: Tx, rows: readonly IntakeRow[]): Promise<void> {
  if (rows.length === 0) return
  const ours = rows.map((row) => row.ticketState?.ours)
  const values = [
    rows.map((row) => row.bridgeId),
    rows.map((row) => row.ticketState?.ticketId),
    ours.map((own) => own?.conversationId),
    ours.map((own) => own?.effectId),
  ]
  await tx.query(
    `update tickets t set conversation_id = c.id
     from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[]) as o (bridge_id, ticket_id, conversation_id, effect_id)
     join conversations c on c.id = o.conversation_id and c.bridge_id = o.bridge_id
     where t.bridge_id = o.bridge_id and t.ticket_id = o.ticket_id and t.conversation_id is null`,
    values,
  )
  await tx.query(
    `update conversations c set ticket_id = o.ticket_id, creating_effect_id = null
     from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[]) as o (bridge_id, ticket_id, conversation_id, effect_id)
     where c.id = o.conversation_id and c.bridge_id = o.bridge_id and c.creating_effect_id = o.effect_id`,
    values,
  )
}

/** Records consent and flow messages of profiles; the newest wins. */
export async function saveProfileStates(tx: Tx, rows: readonly IntakeRow[]): Promise<void> {
  for (const row of rows) {
    if (row.consent !== null) {
      await tx.query(
        `insert into profiles (bridge_id, profile_id, consent, consent_at) values ($1, $2, $3, $4)
         on conflict (bridge_id, profile_id) do update set consent = excluded.consent, consent_at = excluded.consent_at
         where profiles.consent_at is null or excluded.consent_at >= profiles.consent_at`,
        [row.bridgeId, row.consent.profileId, row.consent.to, toIso(row.at)],
      )
    }
    if (row.flowMessageTo !== null) {
      await tx.query(
        `insert into profiles (bridge_id, profile_id, flow_message_at) values ($1, $2, $3)
         on conflict (bridge_id, profile_id) do update set flow_message_at = greatest(excluded.flow_message_at, profiles.flow_message_at)`,
        [row.bridgeId, row.flowMessageTo, toIso(row.at)],
      )
    }
  }
}

/** Which conversation, and whose, each named ticket belongs to; tickets that are none of ours are absent. */
export async function findTicketOwners(
  tx: Tx,
  rows: readonly IntakeRow[],
): Promise<ReadonlyMap<string, { conversationId: ConversationId; customerId: CustomerId }>> {
  const named = rows.filter((row) => row.ticketId !== null)
  if (named.length === 0) return new Map()
  const { rows: found } = await tx.query<{
    bridge_id: string
    ticket_id: string
    conversation_id: ConversationId
    customer_id: CustomerId
  }>(
    `select t.bridge_id, t.ticket_id, t.conversation_id, c.customer_id
     from tickets t join conversations c on c.id = t.conversation_id
     where (t.bridge_id, t.ticket_id) in (select * from unnest($1::uuid[], $2::text[]))`,
    [named.map((row) => row.bridgeId), named.map((row) => row.ticketId)],
  )
  return new Map(
    found.map((row) => [
      ownerKey(row.bridge_id, row.ticket_id as TicketId),
      { conversationId: row.conversation_id, customerId: row.customer_id },
    ]),
  )
}

export function ownerKey(bridgeId: string, ticketId: TicketId): string {
  return `${bridgeId} ${ticketId}`
}

/** Finds the customers that hints name, and makes those an inbound message brings; by row, absent when unknown. */
export async function resolveCustomers(
  tx: Tx,
  rows: readonly IntakeRow[],
  newId: () => string,
  now: Instant,
): Promise<ReadonlyMap<IntakeRow, CustomerId>> {
  const hinted = rows.filter((row) => row.customer !== null)
  if (hinted.length === 0) return new Map()
  const known = await findAliases(tx, hinted)
  const missing = hinted.filter(
    (row) => row.customer?.create && aliasKeys(row).some((key) => !known.has(key)),
  )
  if (missing.length > 0) {
    await createCustomers(tx, missing, known, newId, now)
    for (const [key, id] of await findAliases(tx, missing)) known.set(key, id)
  }
  return new Map(
    hinted.flatMap((row) => {
      const id = aliasKeys(row)
        .map((key) => known.get(key))
        .find((found) => found !== undefined)
      return id === undefined ? [] : [[row, id] as const]
    }),
  )
}

/** Phone first: the lane is the person's phone, even when Klaviyo has merged or doubled profiles. */
function aliasKeys(row: IntakeRow): readonly string[] {
  const { phone, profileId } = row.customer ?? { phone: null, profileId: null }
  return [
    ...(phone === null ? [] : [`${row.bridgeId} phone ${phone}`]),
    ...(profileId === null ? [] : [`${row.bridgeId} profile ${profileId}`]),
  ]
}

async function findAliases(tx: Tx, rows: readonly IntakeRow[]): Promise<Map<string, CustomerId>> {
  const keys = [...new Set(rows.flatMap(aliasKeys))].map((key) => key.split(' '))
  const { rows: found } = await tx.query<{ key: string; customer_id: CustomerId }>(
    `select a.bridge_id || ' ' || a.kind || ' ' || a.value as key, a.customer_id from aliases a
     where (a.bridge_id, a.kind, a.value) in (select * from unnest($1::uuid[], $2::text[], $3::text[]))`,
    [
      keys.map(([bridge]) => bridge),
      keys.map(([, kind]) => kind),
      keys.map(([, , value]) => value),
    ],
  )
  return new Map(found.map((row) => [row.key, row.customer_id]))
}

async function createCustomers(
  tx: Tx,
  rows: readonly IntakeRow[],
  known: ReadonlyMap<string, CustomerId>,
  newId: () => string,
  now: Instant,
): Promise<void> {
  const drafted = new Map<string, string>()
  for (const row of rows) {
    const keys = aliasKeys(row)
    const id =
      keys.map((key) => known.get(key) ?? drafted.get(key)).find((found) => found !== undefined) ??
      (await insertCustomer(tx, row, newId(), now))
    for (const key of keys) if (!known.has(key) && !drafted.has(key)) drafted.set(key, id)
  }
  const aliases = [...drafted.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, id]) => [...key.split(' '), id])
  await tx.query(
    `insert into aliases (bridge_id, kind, value, customer_id)
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[]) on conflict do nothing`,
    [0, 1, 2, 3].map((column) => aliases.map((alias) => alias[column])),
  )
}

async function insertCustomer(tx: Tx, row: IntakeRow, id: string, now: Instant): Promise<string> {
  await tx.query('insert into customers (id, bridge_id, created_at) values ($1, $2, $3)', [
    id,
    row.bridgeId,
    toIso(now),
  ])
  return id
}

export async function insertEvents(
  tx: Tx,
  rows: readonly { readonly row: IntakeRow; readonly customerId: CustomerId | null }[],
  now: Instant,
): Promise<void> {
  const records = rows.map(({ row, customerId }) => ({
    id: row.eventId,
    bridge_id: row.bridgeId,
    source: row.source,
    kind: row.kind,
    remote_id: row.remoteId,
    ticket_id: row.ticketId,
    comment_id: row.commentId,
    customer_id: customerId,
    event_at: toIso(row.at),
    payload: row.payload,
  }))
  await tx.query(
    `insert into events (id, bridge_id, source, kind, remote_id, ticket_id, comment_id, customer_id, event_at, received_at, payload)
     select id, bridge_id, source, kind, remote_id, ticket_id, comment_id, customer_id, event_at, $2, coalesce(payload, 'null')
     from jsonb_to_recordset($1) as t (id uuid, bridge_id uuid, source text, kind text, remote_id text, ticket_id text,
       comment_id text, customer_id uuid, event_at timestamptz, payload jsonb)`,
    [JSON.stringify(records), toIso(now)],
  )
}
