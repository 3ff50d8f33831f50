-- Units change by people and by goods that came back, each time with a reason. `product.stock` is what all changes make, less what
-- orders keep: units free to sell.
create table stock_change (
  id uuid primary key,
  sku text not null references product,
  units int not null,                                -- added; taken where it is negative
  reason text not null check (reason in ('opened', 'received', 'counted', 'damaged', 'lost', 'returned', 'other')),
  note text,
  order_id uuid,                                     -- of goods that came back from an order
  return_id uuid,
  said_by text,                                      -- subject of the token; null of what another service told
  idempotency_key text,
  stock_after int not null check (stock_after >= 0), -- units free to sell after it
  at timestamptz not null,
  check (units <> 0 or reason = 'opened'),
  unique (said_by, idempotency_key),
  unique (return_id, sku)                            -- goods come back once
);
create index stock_change_by_product on stock_change (sku, id);
create unique index stock_change_opening on stock_change (sku) where reason = 'opened';

-- What stood in stock before changes were kept, and what orders kept of it.
insert into stock_change (id, sku, units, reason, note, stock_after, at)
-- An id that sorts by its moment (RFC 9562, version 7).
select (lpad(to_hex((extract(epoch from updated_at) * 1000)::bigint), 12, '0') || '7' || left(md5(sku), 3) || '8'
    || right(md5(sku), 15))::uuid,
  sku, stock + coalesce(kept.units, 0), 'opened', 'Before changes were kept.', stock, updated_at
from product left join (
  select line ->> 'sku' as sku, sum((line ->> 'quantity')::int - coalesce((
    select sum((unit ->> 'quantity')::int)
    from jsonb_array_elements(orders.state -> 'stops') stop, jsonb_array_elements(stop #> '{concluded,stopped}') unit
    where unit ->> 'lineId' = line ->> 'lineId'), 0))::int as units
  from orders, jsonb_array_elements(orders.state #> '{placed,lines}') line
  where orders.status <> 'cancelled'
  group by 1
) kept using (sku);

-- Until when an order that is not paid keeps its units; null when that has no end of its own.
alter table orders add column reserved_until timestamptz;

-- Addresses of one mailbox count as one: capitals and what follows a plus make no other customer.
create function mailbox_of(email text) returns text language sql immutable parallel safe
  return regexp_replace(lower(email), '\+[^@]*@', '@');
create index orders_keeping_by_mailbox on orders (mailbox_of(personal ->> 'email')) where reserved_until is not null;
create index orders_keeping_by_subject on orders ((personal ->> 'placedBy')) where reserved_until is not null;
