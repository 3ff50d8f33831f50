-- Units are found by their serial or lot numbers, which stand with the shipment that they left with; most shipments have none.
create index shipment_by_number on shipment using gin ((state -> 'units') jsonb_path_ops) where state ? 'units';
create index inbound_unit_by_number on inbound_unit ((upper(personal ->> 'serialNumber'))) where personal ? 'serialNumber';

-- Goods of which somebody outside the scanning says that all of a return came back.
alter table expected_return add column received_at timestamptz;
create index expected_return_by_order on expected_return (order_id);

-- Products that are called back, and who was to be told.
create table recall (
  id uuid primary key,
  sku text not null,
  scope jsonb not null,                              -- {lotNumbers?, serialNumbers?: [{from, to}]}; empty is all of the product
  notice jsonb not null,                             -- {hazard, whatToDo, remedies}: what customers read
  announced_at timestamptz not null,
  ended_at timestamptz,
  sweep_after uuid,                                  -- up to which shipment it was looked who has any; null begins anew
  sweep_due_at timestamptz,                          -- when that goes on; null once the recall is over
  swept_at timestamptz,                              -- when all shipments had been looked at last
  personal jsonb not null                            -- {by, endedBy?, why?}
);
create index recall_of_product on recall (sku) where ended_at is null;
create index recall_to_sweep on recall (sweep_due_at) where sweep_due_at is not null;

create table recall_notice (
  id uuid primary key,
  recall_id uuid not null references recall,
  order_id uuid not null,
  units jsonb not null,                              -- [{lineId, sku, name, quantity, serialNumber?, lotNumber?}]
  asked_at timestamptz not null,
  outcome text not null default 'waiting' check (outcome in ('waiting', 'told', 'unreachable', 'told-by-person')),
  settled_at timestamptz,
  personal jsonb not null default '{}'               -- {by?, how?}: who told the customer otherwise than by mail
);
create unique index recall_notice_once on recall_notice (recall_id, order_id);
create index recall_notice_open on recall_notice (asked_at, id) where outcome in ('waiting', 'unreachable');
