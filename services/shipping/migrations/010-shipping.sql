-- The memory of the shipping service.

-- What shipping needs to know of an order before its contract is formed: heard from OrderPlaced.
create table order_to_ship (
  order_id uuid primary key,
  facts jsonb not null,
  personal jsonb not null
);

create table shipment (
  id uuid primary key,
  order_id uuid not null unique,
  version int not null,
  status text not null,
  state jsonb not null,
  personal jsonb not null,
  requested_at timestamptz not null
);
create index shipment_by_status on shipment (status, id);
