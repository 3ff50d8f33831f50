-- What was reported of goods on their way, for the list of what is to be claimed of carriers: the shipment itself has it too.
create table damage_report (
  id uuid primary key,
  shipment_id uuid not null references shipment,
  order_id uuid not null,
  kind text not null check (kind in ('damaged', 'lost')),
  reported_by text not null,
  reported_at timestamptz not null,
  late boolean not null,
  outcome text not null,
  lines jsonb not null,
  claim_due_on date not null,
  claimed_at timestamptz,
  settled text,                                      -- what the customer chose of a loss: replacement or refund
  replacement_id uuid,
  personal jsonb not null                            -- {by, what, photos}
);
create index damage_report_of_shipment on damage_report (shipment_id, id);
create index damage_report_to_claim on damage_report (claim_due_on, id) where claimed_at is null;
create index damage_report_to_refund on damage_report (reported_at) where settled = 'refund';
