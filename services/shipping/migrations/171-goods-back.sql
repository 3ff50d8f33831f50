-- Parcels that go back: of a label of ours, or of what a customer said to have sent. Each is followed at its carrier like any other parcel.
create table return_parcel (
  id uuid primary key,
  return_id uuid not null,
  order_id uuid not null,
  carrier text,                                      -- the adapter's name, or the customer's word for one that is not read; null while a label is awaited
  tracking_number text,
  version int not null default 0,
  state jsonb not null,
  book_due_at timestamptz,                           -- when a carrier is asked for its label next
  failures int not null default 0
);
create unique index return_parcel_by_number on return_parcel (carrier, tracking_number);
create index return_parcel_by_tracking on return_parcel (tracking_number) where tracking_number is not null;
create index return_parcel_to_book on return_parcel (book_due_at) where book_due_at is not null;

-- What is to come back, by what returns told.
create table expected_return (
  return_id uuid primary key,
  order_id uuid not null,
  kind text not null check (kind in ('withdrawal', 'voluntary-return', 'complaint')),
  lines jsonb not null,
  closed_at timestamptz
);
create index expected_return_of_order on expected_return (order_id) where closed_at is null;

-- What came in: parcels as a warehouse scanned them, announced or not, and each unit that was in them.
create table inbound_parcel (
  id uuid primary key,
  order_id uuid,
  return_id uuid,
  tracking_number text,
  order_number text,
  status text not null check (status in ('open', 'closed')),
  content text check (content in ('units', 'empty', 'wrong-goods')),
  received_at timestamptz not null,
  closed_at timestamptz,
  due_on date,                                       -- until when a person settles what nobody announced, or what is in no order
  settled_at timestamptz,
  assignee text,
  version int not null default 0,
  personal jsonb not null                            -- {by, note?, settledBy?, done?}
);
create unique index inbound_parcel_once on inbound_parcel (tracking_number) where tracking_number is not null;
create index inbound_parcel_unsettled on inbound_parcel (due_on, id) where settled_at is null and due_on is not null;
create index inbound_parcel_open on inbound_parcel (received_at, id) where status = 'open';
create index inbound_parcel_of_order on inbound_parcel (order_id) where settled_at is null and order_id is not null;
create table inbound_unit (
  id uuid primary key,
  parcel_id uuid not null references inbound_parcel,
  return_id uuid,                                    -- whose it is; null while that is not known
  line_id text,
  receipt_id uuid,                                   -- the receipt by which returns was told
  scanned_at timestamptz not null,
  facts jsonb not null,                              -- {sku?, seal?, complete, wear, originalPackaging, fitForSale}
  personal jsonb not null                            -- {by, serialNumber?, note?}
);
create index inbound_unit_of_parcel on inbound_unit (parcel_id, id);
create index inbound_unit_of_return on inbound_unit (return_id, line_id) where return_id is not null;
create index order_to_ship_by_number on order_to_ship ((facts ->> 'number'));
create index shipment_by_tracking on shipment ((state #>> '{dispatched,trackingNumber}')) where state ? 'dispatched';
