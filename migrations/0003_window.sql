-- What the operator's window searches and sorts by.

-- Written with each decision; null in rows of an older copy of the program, where created_at stands in.
alter table conversations add column last_activity_at timestamptz;
-- As Klaviyo's profile last gave them; no event carries them.
alter table conversations add column customer_name text;
alter table conversations add column customer_email text;

create index conversations_activity on conversations (coalesce(last_activity_at, created_at), id);
create index conversations_bridge_activity on conversations (bridge_id, coalesce(last_activity_at, created_at), id);
-- Whole and not partial: the planner learns from it how rare an address is.
create index conversations_email on conversations (lower(customer_email) text_pattern_ops);
-- From the front for a number as it is typed, from the back for one without its country.
create index conversations_digits on conversations (regexp_replace(customer_number, '\D', '', 'g') text_pattern_ops);
create index conversations_digits_back on conversations (reverse(regexp_replace(customer_number, '\D', '', 'g')) text_pattern_ops);

-- The last message each way, and how many events came in since an hour.
create index events_customer_messages on events (bridge_id, id) where kind = 'customer_message';
create index effects_sent_texts on effects (bridge_id, id) where kind = 'send_text';
create index events_received on events using brin (received_at);
