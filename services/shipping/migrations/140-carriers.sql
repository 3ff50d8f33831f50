-- What is followed at carriers: one row a parcel, whichever shipments are in it. Of one that carriers tell of before the warehouse
-- does there is none yet.
create table parcel (
  carrier text not null,                             -- the adapter's name, such as bring
  tracking_number text not null,
  shipment_ids uuid[] not null default '{}',
  followed_since timestamptz not null,
  check_due_at timestamptz,                          -- when the carrier is read next; null once nothing is expected any more
  failures int not null default 0,                   -- readings in a row that failed, and since when
  failing_since timestamptz,
  subscribed_until timestamptz,                      -- until when the carrier tells us by itself
  subscribe_due_at timestamptz,
  primary key (carrier, tracking_number)
);
create index parcel_check_due on parcel (check_due_at) where check_due_at is not null;
create index parcel_subscribe_due on parcel (subscribe_due_at) where subscribe_due_at is not null;
create index parcel_failing on parcel (carrier, failing_since) where failing_since is not null;

-- Everything that carriers told, each once; what it means is decided when it is heard, and what it says is never dropped.
create table carrier_event (
  id uuid primary key,
  carrier text not null,
  tracking_number text not null,
  event_key text not null,                           -- the carrier's own id of it, or what makes it the same
  code text not null,
  occurred_at timestamptz not null,
  heard_at timestamptz not null,
  facts jsonb not null,                              -- {place?, leftAt?, detail?} in the carrier's words
  personal jsonb not null,                           -- {receivedBy?}
  status text not null check (status in ('waiting', 'applied', 'noted', 'unknown', 'refused')),
  outcome text,                                      -- of what was refused, why
  unique (carrier, tracking_number, event_key)
);
create index carrier_event_waiting on carrier_event (carrier, tracking_number) where status = 'waiting';
create index carrier_event_unknown on carrier_event (carrier, code) where status = 'unknown';
create index carrier_event_by_status on carrier_event (status, id desc);

-- A carrier that asks whether we want what we subscribed to (DHL), until it is answered.
create table carrier_activation (
  carrier text not null,
  subscription_id text not null,
  secret text not null,
  asked_at timestamptz not null,
  done_at timestamptz,
  primary key (carrier, subscription_id)
);
create index carrier_activation_open on carrier_activation (asked_at) where done_at is null;

-- Whether the parcel of a shipment that left was handed on to whoever follows it.
alter table shipment add followed_at timestamptz;
create index shipment_unfollowed on shipment (requested_at) where followed_at is null and state ? 'dispatched';
