-- What a person must look at. One alarm of a kind is open per order, however often its cause is seen again.
create table alarm (
  id uuid primary key,
  order_id uuid not null references orders,
  kind text not null check (kind ~ '^[a-z]+(-[a-z]+)*$'),
  detail jsonb not null,                             -- facts for the person; never personal data, never credentials
  raised_at timestamptz not null,
  resolved_at timestamptz,
  resolved_by text,                                  -- who resolved it; null when its cause went away on its own
  resolution text                                    -- what was done, or what the cause's end was
);
create unique index alarm_open_once on alarm (order_id, kind) where resolved_at is null;
create index alarm_newest on alarm ((resolved_at is null) desc, id desc);

-- What a person said or asked about a money operation that could not be settled by itself: who, what and why. Kept.
create table operation_decision (
  id uuid primary key,
  operation_id uuid not null references payment_operation,
  attempt int not null,                              -- the attempt that it was said about
  verdict text not null check (verdict in ('retry', 'executed', 'not-executed')),
  provider_id text,
  said_by text not null,
  reason text not null,
  said_at timestamptz not null
);
create index operation_decision_by_operation on operation_decision (operation_id, id);

-- Where to look for goods that left and are not paid for.
create index payment_operation_uncaptured on payment_operation (order_id) where kind = 'capture' and status <> 'done';
