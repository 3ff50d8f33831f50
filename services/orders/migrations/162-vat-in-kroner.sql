-- A sales document in another currency states its VAT in kroner too (bokføringsforskriften § 5-1-1), by a rate that somebody gave for a day.
create table exchange_rate (
  currency text not null,
  day date not null,                                 -- the day that the rate is of
  rate text not null check (rate ~ '^[0-9]{1,6}(\.[0-9]{1,6})?$' and rate::numeric > 0), -- kroner for one unit of the currency
  source text not null,                              -- who published it
  said_by text not null,
  said_at timestamptz not null,
  primary key (currency, day)
);

-- What a document says in kroner, and by which rate: it stays, whatever is said of the rate later.
create table document_in_nok (
  seller text not null,
  series text not null,
  number bigint not null,
  order_id uuid not null references orders,
  vat bigint not null check (vat >= 0),              -- øre
  rate text not null,
  rate_on date not null,
  source text not null,
  primary key (seller, series, number),
  foreign key (seller, series, number) references sales_document (seller, series, number)
);
create index document_in_nok_by_order on document_in_nok (order_id);
create trigger document_in_nok_stays before update or delete on document_in_nok
  for each row execute function refuse_change();
create trigger document_in_nok_is_kept before truncate on document_in_nok
  for each statement execute function refuse_change();
