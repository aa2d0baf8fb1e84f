-- Who may open the operator's window, and their sessions. Times are the machine's, even beside a sandbox.

create table operators (
  id uuid primary key,
  name text not null,
  -- The name as sign-in compares it: without regard to case and to how a character is written.
  name_key text not null unique,
  password_hash text not null,
  created_at timestamptz not null,
  -- True in one row at most, so that of two who would be the first owner one becomes it.
  is_first boolean unique check (is_first)
);

create table sessions (
  -- The SHA-256 of what the cookie holds.
  token_hash text primary key,
  operator_id uuid not null references operators on delete cascade,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_by_operator on sessions (operator_id);
create index sessions_by_expiry on sessions (expires_at);
