import type { Tx } from '../../src/db/records.ts'

const BRIDGES = 100

/**
 * A full database: 100 bridges and conversations spread over them, each with its customer, aliases,
 * profile, ticket, a first text with its key, event, work item and settled effects.
 */
export async function fillStored(db: Tx, conversations: number): Promise<void> {
  for (const sql of [...ACCOUNTS, ...ROWS]) {
    const isRows = sql.includes('$1')
    await db.query(sql, isRows ? [conversations] : [])
  }
  await db.query('drop table perf_rows')
  await db.query('vacuum analyze')
}

const ACCOUNTS = [
  `insert into connections (id, platform, base_url, account_id, account_name, credentials_sealed, approved_at, created_at)
   select gen_random_uuid(), p, 'https://stored.invalid', p || n, 'stored ' || n, '', now(), now()
   from generate_series(1, ${BRIDGES}) n, unnest(array['zendesk', 'klaviyo']) p`,
  `insert into bridges (id, name, settings, zendesk_id, klaviyo_id, created_at)
   select gen_random_uuid(), 'stored-' || n, jsonb_build_object('name', 'stored-' || n), z.id, k.id, now()
   from generate_series(1, ${BRIDGES}) n
   join connections z on z.account_id = 'zendesk' || n join connections k on k.account_id = 'klaviyo' || n`,
]

const ROWS = [
  `create unlogged table perf_rows as
   select n, b.id as bridge, gen_random_uuid() as customer, gen_random_uuid() as conversation,
     gen_random_uuid() as event, gen_random_uuid() as item, '+1212' || lpad(n::text, 8, '0') as phone, '01S' || n as profile
   from generate_series(1, $1::int) n
   join (select id, row_number() over (order by id) - 1 as at from bridges where name like 'stored-%') b on b.at = n % ${BRIDGES}`,
  `insert into customers (id, bridge_id, zendesk_user_id, created_at) select customer, bridge, n::text, now() - interval '30 days' from perf_rows`,
  `insert into aliases (bridge_id, kind, value, customer_id) select bridge, 'phone', phone, customer from perf_rows`,
  `insert into aliases (bridge_id, kind, value, customer_id) select bridge, 'profile', profile, customer from perf_rows`,
  `insert into profiles (bridge_id, profile_id, flow_message_at) select bridge, profile, now() - interval '30 days' from perf_rows`,
  `insert into conversations (id, bridge_id, customer_id, channel, brand_number, customer_number, profile_id, ticket_id, created_at, last_activity_at, customer_name)
   select conversation, bridge, customer, 'sms', '+18005550100', phone, profile, (10000000 + n)::text, now() - interval '30 days', now() - interval '30 days', 'Perf ' || n from perf_rows`,
  `insert into tickets (bridge_id, ticket_id, conversation_id, status, status_at)
   select bridge, (10000000 + n)::text, conversation, case when n % 10 = 0 then 'open' else 'closed' end, now() - interval '29 days' from perf_rows`,
  `insert into intake_keys (bridge_id, source, key, at) select bridge, 'klaviyo', 'event:S' || n, now() - interval '30 days' from perf_rows`,
  `insert into events (id, bridge_id, source, kind, remote_id, customer_id, event_at, received_at, payload)
   select event, bridge, 'klaviyo', 'customer_message', 'S' || n, customer, now() - interval '30 days', now() - interval '30 days',
     jsonb_build_object('external_id', 'S' || n, 'topic', 'event:klaviyo.sent_sms', 'payload', jsonb_build_object('filler', repeat(md5(n::text), 12))) from perf_rows`,
  `insert into work_items (id, event_id, bridge_id, queue, lane, about, conversation_id, state, reason, created_at, decided_at, done_at)
   select item, event, bridge, 'live', customer || '>zendesk', 'customer_message', conversation, 'done', 'first_message',
     now() - interval '30 days', now() - interval '30 days', now() - interval '30 days' from perf_rows`,
  `insert into effects (id, work_item_id, ordinal, bridge_id, conversation_id, kind, payload, state, result, first_attempted_at, settled_at)
   select gen_random_uuid(), item, 0, bridge, conversation, 'create_ticket', jsonb_build_object('kind', 'create_ticket', 'subject', 'stored'), 'done',
     jsonb_build_object('ticketId', (10000000 + n)::text), now() - interval '30 days', now() - interval '30 days' from perf_rows`,
]
