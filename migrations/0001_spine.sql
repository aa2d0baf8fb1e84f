-- The spine: bridges, the intake log, lanes of work, decisions, effects and their attempts.
-- Times are written by the program's clock, never by now(), so that a test or a sandbox can move it.

-- One row: the key that this installation's secrets are sealed with.
create table installation (
  is_only boolean primary key default true check (is_only),
  key_id text not null
);

-- One authorised account on one platform. Several bridges may share it: its token, its webhook and
-- its limits belong to the account, not to a bridge.
create table connections (
  id uuid primary key,
  platform text not null check (platform in ('zendesk', 'klaviyo')),
  base_url text not null,
  account_id text not null,
  account_name text not null,
  credentials_sealed text not null,
  token_sealed text,
  token_expires_at timestamptz,
  -- As granted, space-separated; null where the credential has no scopes that we could read.
  scopes text,
  state text not null default 'ready' check (state in ('ready', 'reconnect')),
  state_reason text,
  -- When a person or a file last said with what to connect: a token renewed meanwhile is of no use any more.
  approved_at timestamptz not null,
  -- What was found in the account: brands, fields, topics, metrics.
  facts jsonb not null default '{}',
  created_at timestamptz not null,
  unique (platform, account_id)
);

create table bridges (
  id uuid primary key,
  name text not null unique,
  settings jsonb not null,
  zendesk_id uuid not null references connections,
  klaviyo_id uuid not null references connections,
  created_at timestamptz not null,
  activated_at timestamptz,
  unique (zendesk_id, klaviyo_id)
);
create index bridges_klaviyo on bridges (klaviyo_id);

create table webhooks (
  connection_id uuid primary key references connections on delete cascade,
  remote_id text not null,
  endpoint text not null,
  secret_sealed text not null
);

-- A person's way to a platform's consent page and back. A state is used once, by the browser that began.
create table oauth_flows (
  state_hash text primary key,
  browser_hash text not null,
  platform text not null check (platform in ('zendesk', 'klaviyo')),
  -- Where to, as which client, and the PKCE verifier.
  request_sealed text not null,
  created_at timestamptz not null,
  used_at timestamptz
);
create index oauth_flows_created on oauth_flows (created_at);

-- Dedupe keys, apart from the log: small, kept longer than any sender retries.
create table intake_keys (
  bridge_id uuid not null,
  source text not null,
  key text not null,
  at timestamptz not null,
  primary key (bridge_id, source, key)
);
create index intake_keys_at on intake_keys (at);

create table customers (
  id uuid primary key,
  bridge_id uuid not null references bridges on delete cascade,
  zendesk_user_id text,
  created_at timestamptz not null
);
create index customers_zendesk_user on customers (bridge_id, zendesk_user_id);

create table aliases (
  bridge_id uuid not null,
  kind text not null check (kind in ('profile', 'phone')),
  value text not null,
  customer_id uuid not null references customers on delete cascade,
  primary key (bridge_id, kind, value)
);
create index aliases_customer on aliases (customer_id);

-- Klaviyo profiles as last told: consent must not wait in a lane.
create table profiles (
  bridge_id uuid not null,
  profile_id text not null,
  consent text check (consent in ('given', 'withdrawn')),
  consent_at timestamptz,
  flow_message_at timestamptz,
  primary key (bridge_id, profile_id)
);

create table conversations (
  id uuid primary key,
  bridge_id uuid not null references bridges on delete cascade,
  customer_id uuid not null references customers,
  channel text not null,
  -- The number that was texted; '' when the platform did not say.
  brand_number text not null,
  customer_number text,
  profile_id text,
  klaviyo_conversation_id text,
  ticket_id text,
  -- The unsettled effect that is making a ticket, so that there is never a second one.
  creating_effect_id uuid,
  created_at timestamptz not null,
  unique (bridge_id, customer_id, channel, brand_number)
);
create index conversations_customer on conversations (customer_id);
create index conversations_ticket on conversations (bridge_id, ticket_id);

create table tickets (
  bridge_id uuid not null references bridges on delete cascade,
  ticket_id text not null,
  conversation_id uuid references conversations,
  status text,
  -- Zendesk's updated_at of that status: the newest wins, whatever order the webhooks come in.
  status_at timestamptz,
  primary key (bridge_id, ticket_id)
);
create index tickets_conversation on tickets (conversation_id) where conversation_id is not null;

create table events (
  id uuid primary key,
  bridge_id uuid not null references bridges on delete cascade,
  source text not null check (source in ('zendesk', 'klaviyo', 'replyline')),
  kind text not null,
  -- The platform's own id of the event.
  remote_id text not null,
  ticket_id text,
  comment_id text,
  customer_id uuid,
  event_at timestamptz not null,
  received_at timestamptz not null,
  payload jsonb not null
);
create index events_remote on events (remote_id);
create index events_customer on events (customer_id, id) where customer_id is not null;
create index events_ticket on events (ticket_id) where ticket_id is not null;
create index events_comment on events (comment_id) where comment_id is not null;

create table work_items (
  id uuid primary key,
  event_id uuid not null references events on delete cascade,
  bridge_id uuid not null,
  queue text not null,
  lane text not null,
  about text not null,
  conversation_id uuid,
  state text not null check (state in ('open', 'decided', 'done', 'set_aside')),
  reason text,
  waiting_for text,
  waiting_until timestamptz,
  gathered jsonb,
  failures int not null default 0,
  failing_since timestamptz,
  error text,
  created_at timestamptz not null,
  decided_at timestamptz,
  done_at timestamptz
);
create index work_items_event on work_items (event_id);
create index work_items_conversation on work_items (conversation_id) where conversation_id is not null;
create index work_items_unfinished on work_items (created_at, id) where state in ('open', 'decided');
create index work_items_set_aside on work_items (id) where state = 'set_aside';

create table effects (
  id uuid primary key,
  work_item_id uuid not null references work_items on delete cascade,
  ordinal int not null,
  bridge_id uuid not null,
  conversation_id uuid,
  kind text not null,
  payload jsonb not null,
  state text not null check (state in ('pending', 'attempting', 'done', 'gave_up', 'unknown')),
  reason text,
  result jsonb,
  attempt_count int not null default 0,
  first_attempted_at timestamptz,
  settled_at timestamptz,
  -- Texts alone: whom and what, and what Klaviyo later said became of it.
  profile_id text,
  body_hash text,
  delivery text check (delivery in ('delivered', 'failed')),
  delivery_event_id text,
  unique (work_item_id, ordinal)
);
create index effects_texts on effects (bridge_id, profile_id, body_hash) where profile_id is not null;
create index effects_unhappy on effects (work_item_id) where state in ('gave_up', 'unknown') or delivery = 'failed';

create table attempts (
  id uuid primary key,
  effect_id uuid not null references effects on delete cascade,
  started_at timestamptz not null,
  ended_at timestamptz,
  outcome text,
  status int,
  detail text
);
create index attempts_effect on attempts (effect_id, started_at);

-- Which remote comment and which text are the same message, both ways.
create table ledger (
  bridge_id uuid not null,
  ticket_id text not null,
  comment_id text not null,
  effect_id uuid not null references effects on delete cascade,
  at timestamptz not null,
  primary key (bridge_id, ticket_id, comment_id, effect_id)
);

create index ledger_ticket on ledger (ticket_id);
create index ledger_effect on ledger (effect_id);

create table api_tokens (
  hash text primary key,
  name text not null,
  created_at timestamptz not null
);
