-- Money that is paid to a customer besides refunds: goodwill, and interest since a refund was late.
create table payout (
  id uuid primary key,
  order_id uuid not null,
  case_id uuid,                                      -- the case that it is about
  kind text not null check (kind in ('goodwill', 'late-interest')),
  version int not null,
  proposed_at timestamptz not null,
  state jsonb not null,
  personal jsonb not null                            -- who of the staff proposed and settled it, and why
);
create index payout_by_order on payout (order_id, proposed_at);
create unique index payout_late_interest on payout (case_id) where kind = 'late-interest';
create index return_case_paid_late on return_case (closed_at)
  where closed_at is not null and owed > 0 and (closed_at at time zone 'Europe/Oslo')::date > due_on;
alter table return_case drop constraint return_case_kind_check,
  add constraint return_case_kind_check
    check (kind in ('withdrawal', 'voluntary-return', 'complaint', 'loss', 'payout'));
