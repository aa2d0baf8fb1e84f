-- Campaign and flow texts come by the million. Each profile keeps the last one that reached it; of the
-- events, only those about somebody with a current ticket are kept. The others are counted here.

alter table profiles add column marketing_at timestamptz;
-- As in marketing_counts.
alter table profiles add column marketing_origin text;

create table marketing_counts (
  bridge_id uuid not null references bridges on delete cascade,
  -- `flow:<id>`, `message:<id>` or `campaign:<name>`, whichever the event says first.
  origin text not null,
  reason text not null,
  name text,
  count bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (bridge_id, origin, reason)
);
create index marketing_counts_last on marketing_counts (bridge_id, last_at);
