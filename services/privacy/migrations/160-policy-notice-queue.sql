-- Who is to be told of a changed policy has their turn: the shop writes to its own customers, and it is looked whether anything is left of others.
alter table policy_notice
  add column due_at timestamptz not null default now(),
  add column tries integer not null default 0,
  add column failing_since timestamptz,
  add column unreachable_at timestamptz;             -- nothing is held of them any more, or nothing that leads to them
create index policy_notice_due on policy_notice (due_at) where told_at is null and unreachable_at is null;
