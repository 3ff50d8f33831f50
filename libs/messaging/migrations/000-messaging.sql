-- How events leave and enter this service. The outbox is also its event log: rows are never deleted.
create table outbox (
  -- Insertion order only: gaps and late visibility are harmless, since the relay hands out pub_no.
  seq bigint generated always as identity primary key,
  event_id uuid not null unique,
  source text not null,
  aggregate_id uuid not null,
  aggregate_version int not null check (aggregate_version > 0),
  partition smallint not null,
  type text not null,
  data jsonb not null,
  occurred_at timestamptz not null,
  stored_at timestamptz not null default clock_timestamp(),
  -- The dense number under which the relay publishes the event; null until the relay has seen it.
  pub_no bigint,
  unique (aggregate_id, aggregate_version)
);
create index outbox_unnumbered on outbox (seq) where pub_no is null;
create unique index outbox_pub_no on outbox (pub_no) where pub_no is not null;
alter table outbox set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_insert_scale_factor = 0.05);

-- One row: who relays, how far it came and what it knows of the stream.
create table relay (
  id smallint primary key default 1 check (id = 1),
  owner text,
  lease_until timestamptz not null default '-infinity',
  fence bigint not null default 0,
  last_no bigint not null default 0,
  published_no bigint not null default 0,
  publish_epoch int not null default 0,
  stream_created text,
  stream_last_seq bigint not null default 0
);
insert into relay default values;

create table inbox (
  producer text not null,
  event_id uuid not null,
  pub_no bigint not null,
  aggregate_id uuid not null,
  aggregate_version int not null,
  type text not null,
  -- Kept only while the event waits.
  envelope jsonb check (applied or envelope is not null),
  applied boolean not null default false,
  attempts int not null default 0,
  next_attempt_at timestamptz,
  last_error text,
  dead_at timestamptz,
  received_at timestamptz not null default now(),
  primary key (producer, event_id)
);
create index inbox_parked on inbox (producer, aggregate_id, aggregate_version) where not applied;

-- The version up to which each aggregate of another service has been applied here.
create table inbox_head (
  producer text not null,
  aggregate_id uuid not null,
  version int not null,
  primary key (producer, aggregate_id)
);
alter table inbox_head set (fillfactor = 80);

-- Who applies which partition, and which processes there are to share them.
create table partition_lease (
  p smallint primary key,
  owner text,
  lease_until timestamptz not null default '-infinity'
);
insert into partition_lease (p) select generate_series(0, 7);
create table inbox_member (
  owner text primary key,
  alive_until timestamptz not null
);
