-- Goods that go back, and the order of what their customer has instead.
create table exchange (
  id uuid primary key,
  order_id uuid not null,                            -- of what goes back
  new_order_id uuid not null unique,
  return_id uuid not null unique,
  version int not null,
  looked_at timestamptz not null,                    -- when its parts were last looked at
  ended_at timestamptz,
  state jsonb not null,
  personal jsonb not null
);
create index exchange_by_order on exchange (order_id);
create index exchange_open on exchange (looked_at) where ended_at is null;
alter table return_case drop constraint return_case_kind_check,
  add constraint return_case_kind_check
    check (kind in ('withdrawal', 'voluntary-return', 'complaint', 'loss', 'payout', 'override', 'exchange'));
