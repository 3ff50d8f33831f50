-- The memory of the returns service.

-- What rights depend on, heard from orders and shipping.
create table order_facts (
  order_id uuid primary key,
  facts jsonb not null,
  personal jsonb not null
);

create table return (
  id uuid primary key,
  order_id uuid not null,
  version int not null,
  status text not null,
  state jsonb not null,
  personal jsonb not null,
  declared_at timestamptz not null
);
create index return_by_order on return (order_id, id);
