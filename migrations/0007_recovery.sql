-- What people do about what failed, and connections that stand still.

-- What went over the wire when a platform refused: method, path, what was sent and answered, secrets taken out.
alter table attempts add column exchange jsonb;

-- A failure that a person has dealt with: sent again as another effect, or discarded.
alter table effects add column dismissed_at timestamptz;

create table interventions (
  id uuid primary key,
  work_item_id uuid not null references work_items on delete cascade,
  effect_id uuid references effects on delete cascade,
  action text not null check (action in ('retry', 'edit', 'discard', 'replay')),
  -- Who asked: an operator's name, a token's name, or the command line.
  who text not null,
  note text,
  at timestamptz not null
);
create index interventions_work_item on interventions (work_item_id);
create index interventions_effect on interventions (effect_id) where effect_id is not null;

-- Paused by a person, until a person resumes.
alter table connections add column paused_at timestamptz;
alter table connections add column paused_by text;
-- Not answering, since when and why; asked again at probe_at. Null while it answers.
alter table connections add column down_since timestamptz;
alter table connections add column down_because text;
alter table connections add column probe_at timestamptz;
alter table connections add column probe_count int not null default 0;
alter table connections add column up_at timestamptz;
create index connections_still on connections (id) where paused_at is not null or down_since is not null;
