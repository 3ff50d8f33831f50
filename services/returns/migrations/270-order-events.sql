-- That something was told of an order, by whom and when: what its cases show beside their own. What it said is not kept twice.
create table order_event (
  order_id uuid not null,
  event_id uuid not null,
  service text not null,
  type text not null,
  subject uuid not null,
  happened_at timestamptz not null,
  -- Of the parcel that it tells of.
  tracking_number text,
  primary key (order_id, event_id)
);
create index order_event_by_tracking on order_event (upper(tracking_number)) where tracking_number is not null;

-- What support looks for: a parcel that comes back, and who bought.
create index return_by_tracking on return (upper(state #>> '{proof,trackingNumber}')) where state #>> '{proof,trackingNumber}' is not null;
create index order_facts_by_email on order_facts (lower(personal ->> 'email'));
create index order_facts_by_name on order_facts (lower(personal ->> 'name'));
