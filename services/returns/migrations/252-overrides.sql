-- What staff decided otherwise than the rules, in favour of a customer.
create table override (
  id uuid primary key,
  order_id uuid not null,
  version int not null,
  proposed_at timestamptz not null,
  state jsonb not null,
  personal jsonb not null                            -- who of the staff proposed and settled it, and why; what the customer said
);
create index override_by_order on override (order_id, proposed_at);
alter table return_case drop constraint return_case_kind_check,
  add constraint return_case_kind_check
    check (kind in ('withdrawal', 'voluntary-return', 'complaint', 'loss', 'payout', 'override'));
