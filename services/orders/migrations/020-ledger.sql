-- The ledger of customers' money. Entries are only ever added; the account of an order is what its entries add up to,
-- kept by a trigger, so that no code can capture more than is authorised or pay back more than was taken.

alter table payment_operation drop constraint payment_operation_kind_check;
alter table payment_operation add constraint payment_operation_kind_check
  check (kind in ('start', 'capture', 'refund', 'release', 'extend'));

create table payment_account (
  order_id uuid not null references orders,
  currency text not null,
  provider text not null,
  payment_id text not null,                          -- of the authorisation that is drawn on now
  authorised bigint not null check (authorised >= 0),
  captured bigint not null default 0 check (captured >= 0),
  refunded bigint not null default 0 check (refunded >= 0),
  released bigint not null default 0 check (released >= 0),
  expires_at timestamptz,                            -- the last moment of a capture, as the provider told it
  primary key (order_id, currency),
  unique (provider, payment_id),
  constraint captured_within_authorised check (captured + released <= authorised),
  constraint refunded_within_captured check (refunded <= captured)
);
create index payment_account_open on payment_account (order_id) where captured + released < authorised;
create index payment_account_by_expiry on payment_account (expires_at) where captured + released < authorised;

create table ledger_entry (
  id bigint generated always as identity primary key,
  order_id uuid not null references orders,
  kind text not null check (kind in ('authorised', 'captured', 'refunded', 'released', 'extended')),
  amount bigint not null,                            -- minor units; an extension moves nothing
  currency text not null,
  provider text not null,
  payment_id text not null,
  provider_id text,                                  -- of the movement, where the provider gives it a name
  operation_id uuid unique references payment_operation,
  expires_at timestamptz,                            -- of an authorisation and of its extension
  at timestamptz not null,
  unique (order_id, kind, provider_id),              -- no movement of the provider's is booked twice
  unique (id, kind, amount, currency),
  check (case kind when 'extended' then amount = 0 and expires_at is not null else amount > 0 end),
  check (provider_id is not null or (operation_id is not null and kind in ('released', 'extended')))
);
create index ledger_entry_by_time on ledger_entry (at, order_id);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is only ever added to', tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger ledger_entry_stays before update or delete on ledger_entry
  for each row execute function refuse_change();
create trigger ledger_entry_is_kept before truncate on ledger_entry
  for each statement execute function refuse_change();

-- Another authorisation of the same order (the first one ran out) is only added once nothing of the first is open, so
-- that what is left of the account is always what is left of the payment that it names.
create function post_ledger_entry() returns trigger language plpgsql as $$
begin
  if new.kind = 'authorised' then
    insert into payment_account as account (order_id, currency, provider, payment_id, authorised, expires_at)
    values (new.order_id, new.currency, new.provider, new.payment_id, new.amount, new.expires_at)
    on conflict (order_id, currency) do update
      set provider = excluded.provider, payment_id = excluded.payment_id, expires_at = excluded.expires_at,
          authorised = account.authorised + excluded.authorised
      where account.captured + account.released = account.authorised;
  else
    update payment_account account set
      captured = captured + case new.kind when 'captured' then new.amount else 0 end,
      refunded = refunded + case new.kind when 'refunded' then new.amount else 0 end,
      released = released + case new.kind when 'released' then new.amount else 0 end,
      expires_at = case new.kind when 'extended' then new.expires_at else account.expires_at end
    where order_id = new.order_id and currency = new.currency
      -- Money goes back the way it came, also after another authorisation took over.
      and (new.kind = 'refunded' or (provider = new.provider and payment_id = new.payment_id));
  end if;
  if not found then
    raise exception 'order % has no open payment % in % that % could be booked on',
      new.order_id, new.payment_id, new.currency, new.kind using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create trigger ledger_entry_posts after insert on ledger_entry for each row execute function post_ledger_entry();

create function refuse_account_change() returns trigger language plpgsql as $$
begin
  raise exception 'payment_account is what ledger_entry adds up to: add an entry' using errcode = 'restrict_violation';
end $$;
create trigger payment_account_follows before insert or update or delete on payment_account
  for each row when (pg_trigger_depth() = 0) execute function refuse_account_change();
create trigger payment_account_is_kept before truncate on payment_account
  for each statement execute function refuse_account_change();

-- Sales documents are numbered without a gap (bokføringsloven § 10): the counter's row is locked by the
-- transaction of the capture or refund, so one that is rolled back takes no number, and only the trigger gives numbers.
create table sales_document_series (
  series text primary key check (series in ('invoice', 'credit-note')),
  last_number bigint not null default 0 check (last_number >= 0)
);
insert into sales_document_series (series) values ('invoice'), ('credit-note');

create table sales_document (
  series text not null references sales_document_series,
  number bigint not null,
  order_id uuid not null references orders,
  entry_id bigint not null unique,
  entry_kind text generated always as (case series when 'invoice' then 'captured' else 'refunded' end) stored,
  amount bigint not null check (amount > 0),
  currency text not null,
  vat jsonb not null,                                -- [{rate, gross, vat}] in minor units, a row per rate
  issued_at timestamptz not null,
  primary key (series, number),
  foreign key (entry_id, entry_kind, amount, currency) references ledger_entry (id, kind, amount, currency)
);
create index sales_document_by_order on sales_document (order_id);

create function number_sales_document() returns trigger language plpgsql as $$
begin
  update sales_document_series set last_number = last_number + 1 where series = new.series
    returning last_number into new.number;
  return new;
end $$;
create trigger sales_document_is_numbered before insert on sales_document
  for each row execute function number_sales_document();
create trigger sales_document_stays before update or delete on sales_document
  for each row execute function refuse_change();
create trigger sales_document_is_kept before truncate on sales_document
  for each statement execute function refuse_change();

create function guard_series() returns trigger language plpgsql as $$
begin
  raise exception 'numbers of sales documents are given by inserting one' using errcode = 'restrict_violation';
end $$;
create trigger series_only_counts before insert or update or delete on sales_document_series
  for each row when (pg_trigger_depth() = 0) execute function guard_series();
create trigger series_is_kept before truncate on sales_document_series
  for each statement execute function guard_series();

-- Which invoices a credit note takes back, in whole or in part.
create table credit_note_invoice (
  credit_note bigint not null,
  invoice bigint not null,
  credit_note_series text generated always as ('credit-note') stored,
  invoice_series text generated always as ('invoice') stored,
  primary key (credit_note, invoice),
  foreign key (credit_note_series, credit_note) references sales_document (series, number),
  foreign key (invoice_series, invoice) references sales_document (series, number)
);
create trigger credit_note_invoice_stays before update or delete on credit_note_invoice
  for each row execute function refuse_change();
create trigger credit_note_invoice_is_kept before truncate on credit_note_invoice
  for each statement execute function refuse_change();

-- What a day's comparison with the provider's books found. The newest finished run of a day is its report.
create table reconciliation_run (
  id uuid primary key,
  day date not null,                                 -- in Europe/Oslo
  asked_by text,                                     -- null when the clock asked
  asked_at timestamptz not null,
  finished_at timestamptz
);
create index reconciliation_run_by_day on reconciliation_run (day, asked_at desc);
-- The clock asks once for a day, however many processes look at it.
create unique index reconciliation_run_daily on reconciliation_run (day) where asked_by is null;

create table reconciliation_finding (
  run_id uuid not null references reconciliation_run,
  order_id uuid not null references orders,
  payment_id text not null,
  body jsonb not null,
  drift boolean not null,
  primary key (run_id, order_id, payment_id)
);
