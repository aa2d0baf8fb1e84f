-- A customer is found by the name that the window shows: by its start, or by the start of its last word.
create index conversations_name on conversations (lower(customer_name) text_pattern_ops);
create index conversations_last_name on conversations (lower(regexp_replace(customer_name, '^.*\s', '')) text_pattern_ops);

-- Who wrote and never got a ticket.
create index conversations_without_ticket on conversations (coalesce(last_activity_at, created_at), id) where ticket_id is null;

-- How many answers went out today, and how many of them failed.
create index effects_texts_settled on effects (bridge_id, settled_at) where kind = 'send_text';
