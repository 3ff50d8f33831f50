-- Of a withdrawal whose goods have not come, the day on which time itself does something is the day of its case.
create or replace function case_of_withdrawal() returns trigger language plpgsql as $$
begin
  insert into return_case (id, order_id, kind, status, awaits, awaits_since, due_on, owed, opened_at, closed_at)
  values (new.id, new.order_id, 'withdrawal', new.status, new.awaits, new.awaits_since,
    coalesce((new.state #>> '{refund,dueOn}')::date, (new.remind_from at time zone 'Europe/Oslo')::date),
    (new.state #>> '{refund,amount}')::bigint, new.declared_at, (new.state #>> '{closed,closedAt}')::timestamptz)
  on conflict (id) do update set status = excluded.status, awaits = excluded.awaits, awaits_since = excluded.awaits_since,
    due_on = excluded.due_on, owed = excluded.owed, closed_at = excluded.closed_at;
  return null;
end $$;

-- Labels of goods that go back at the seller's cost, one a case.
create table return_label (
  case_id uuid primary key,
  id uuid not null unique,
  order_id uuid not null,
  requested_at timestamptz not null,
  carrier text,
  tracking_number text,
  code text,
  valid_until timestamptz,
  issued_at timestamptz,
  personal jsonb not null                            -- {from?}: whom it comes from
);

-- Parcels that go back, as shipping hears of them, until that is taken up by their cases.
create table parcel_back (
  id uuid primary key,
  case_id uuid not null,
  order_id uuid not null,
  carrier text not null,
  tracking_number text not null,
  scanned_at timestamptz,
  arrived_at timestamptz,
  look_at timestamptz                                -- when its case hears of it, or hears of it again; null once it has
);
create index parcel_back_to_look_at on parcel_back (look_at) where look_at is not null;
create index parcel_back_of_case on parcel_back (case_id);
create index parcel_back_on_its_way on parcel_back (scanned_at) where scanned_at is not null and arrived_at is null;

-- What the warehouse received, by receipt, until it is taken up by its case.
create table goods_received (
  id uuid primary key,
  parcel_id uuid not null,
  case_id uuid not null,
  order_id uuid not null,
  received_at timestamptz not null,
  content text not null,
  units jsonb not null,
  status text not null check (status in ('waiting', 'applied', 'unsettled', 'settled')),
  outcome text,                                      -- of what a person has to settle, why
  look_at timestamptz,                               -- when it is looked at again
  due_on date,                                       -- until when a person settles it
  personal jsonb not null                            -- {by, serialNumbers?, note?, settledBy?, done?}
);
create index goods_received_to_look_at on goods_received (look_at) where look_at is not null;
create index goods_received_of_case on goods_received (case_id, id);
create index goods_received_unsettled on goods_received (due_on, id) where status = 'unsettled';
