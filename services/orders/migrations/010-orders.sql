-- The memory of the orders service. Facts sit in `state`, personal data in `personal`, so that one can be erased alone.

create table product (
  sku text primary key,
  name jsonb not null,
  price_nok bigint not null check (price_nok >= 0),  -- øre, including VAT
  price_eur bigint not null check (price_eur >= 0),  -- cent, excluding VAT
  vat_rate int not null check (vat_rate between 0 and 10000),
  stock int not null check (stock >= 0),             -- units free to sell: reservations are already taken off
  traits jsonb not null,
  updated_at timestamptz not null
);

create table quote (
  id uuid primary key,
  body jsonb not null,
  expires_at timestamptz not null,
  order_id uuid unique                               -- a quote becomes one order at most
);

create table orders (
  id uuid primary key,
  number text not null unique,
  version int not null,                              -- how many events it has
  status text not null,
  state jsonb not null,
  personal jsonb not null,
  placed_at timestamptz not null,
  wake_at timestamptz                                -- when a deadline of the order is to be looked at next
);
create index orders_by_subject on orders ((personal ->> 'placedBy'), id);
create index orders_by_email on orders (lower(personal ->> 'email'), id);
create index orders_by_status on orders (status, id);
create index orders_to_wake on orders (wake_at) where wake_at is not null;

-- What we ask of the payment provider, stored before the first byte is sent. One row per purpose: a shipment is
-- captured once and a return refunded once, whatever happens on the way.
create table payment_operation (
  id uuid primary key,
  order_id uuid not null references orders,
  kind text not null check (kind in ('start', 'capture', 'refund', 'release')),
  cause text not null,                               -- the shipment or return that it is for
  amount bigint not null check (amount >= 0),
  currency text not null,
  detail jsonb not null,
  attempt int not null default 1,                    -- grows only after a definite no
  status text not null default 'planned' check (status in ('planned', 'sent', 'done', 'declined', 'stuck')),
  claimed_until timestamptz,                         -- one money operation of an order is in flight at a time
  first_sent_at timestamptz,
  last_sent_at timestamptz,
  provider_id text,
  last_result jsonb,
  created_at timestamptz not null default now(),
  unique (order_id, kind, cause)
);

-- Answers that were given, so that a request said twice happens once and hears the same.
create table idempotency (
  subject text not null,
  route text not null,
  key text not null,
  fingerprint text not null,
  status int not null,
  body text not null,
  created_at timestamptz not null default now(),
  primary key (subject, route, key)
);
