-- The platforms' rate limits, counted for all processes together. Not worth a write to disk each: after a
-- crash of the database the counts begin anew, and the platforms' own answers correct them.

-- Calls by slot, a sixtieth of their window each.
create unlogged table limit_uses (
  connection_id uuid not null,
  bucket text not null,
  -- Milliseconds since 1970 at which the slot began.
  slot bigint not null,
  used int not null,
  primary key (connection_id, bucket, slot)
);

-- What a platform asked us to leave alone, until when.
create unlogged table limit_blocks (
  connection_id uuid not null,
  bucket text not null,
  until_ms bigint not null,
  primary key (connection_id, bucket)
);

-- Takes counts[i] places in each bucket, or in none: then answers the milliseconds to wait, else 0. A
-- bucket holds at most mosts[i] places in any pers[i] milliseconds, wherever the platform's own window
-- begins: a place counts until its whole slot is older than that.
create function take_limits(connection uuid, now_ms bigint, buckets text[], mosts int[], pers bigint[], counts int[])
returns bigint language plpgsql as $$
declare
  wait bigint := 0;
  slot_ms bigint;
  in_use bigint;
  free_at bigint;
  i int;
begin
  perform pg_advisory_xact_lock(hashtextextended(connection::text, 7302));
  for i in 1 .. cardinality(buckets) loop
    slot_ms := pers[i] / 60;
    select max(b.until_ms) into free_at from limit_blocks b
      where b.connection_id = connection and b.bucket = buckets[i] and b.until_ms > now_ms;
    wait := greatest(wait, coalesce(free_at - now_ms, 0));
    select coalesce(sum(u.used), 0) into in_use from limit_uses u
      where u.connection_id = connection and u.bucket = buckets[i] and u.slot > now_ms - pers[i] - slot_ms;
    if in_use + counts[i] > mosts[i] then
      -- The first slot by whose end enough places are free again.
      select min(s.slot) into free_at from (
        select u.slot, sum(u.used) over (order by u.slot) as freed from limit_uses u
        where u.connection_id = connection and u.bucket = buckets[i] and u.slot > now_ms - pers[i] - slot_ms
      ) s where in_use - s.freed + counts[i] <= mosts[i];
      wait := greatest(wait, coalesce(free_at + pers[i] + slot_ms - now_ms, pers[i]), 1);
    end if;
  end loop;
  if wait > 0 then
    return wait;
  end if;
  for i in 1 .. cardinality(buckets) loop
    slot_ms := pers[i] / 60;
    insert into limit_uses values (connection, buckets[i], now_ms - now_ms % slot_ms, counts[i])
      on conflict (connection_id, bucket, slot) do update set used = limit_uses.used + excluded.used;
    delete from limit_uses u
      where u.connection_id = connection and u.bucket = buckets[i] and u.slot <= now_ms - pers[i] - slot_ms;
  end loop;
  return 0;
end
$$;
