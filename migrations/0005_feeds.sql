-- How far each platform's own feed was read, so that what a webhook lost is found. One reader at a time:
-- who moves next_at has the feed until then.
create table feeds (
  connection_id uuid not null references connections on delete cascade,
  feed text not null,
  -- Everything before it was taken in.
  read_until timestamptz not null,
  -- Where a read that had to stop goes on; null when the end was reached.
  cursor text,
  next_at timestamptz not null,
  -- Why the last read failed; null when it did not.
  problem text,
  -- How many events no webhook had brought, since the feed is read.
  found int not null default 0,
  primary key (connection_id, feed)
);
create index feeds_due on feeds (next_at);
