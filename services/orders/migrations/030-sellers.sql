-- Several sellers may sell through one service. Whose an order is its edition says, so orders of before have their seller too.
alter table orders add column seller text generated always as (split_part(state #>> '{placed,terms,edition}', '/', 1)) stored;

-- A product is one seller's. Without a seller it is that of the shop's first one, who was alone when it was stored. A price that
-- is missing is of a currency that its seller does not sell in.
alter table product add column seller text;
alter table product alter column price_nok drop not null;
alter table product alter column price_eur drop not null;

-- Each seller numbers invoices and credit notes without a gap in series of their own (bokføringsloven § 10).
alter table credit_note_invoice drop constraint credit_note_invoice_credit_note_series_credit_note_fkey;
alter table credit_note_invoice drop constraint credit_note_invoice_invoice_series_invoice_fkey;
alter table sales_document drop constraint sales_document_series_fkey;
alter table sales_document drop constraint sales_document_pkey;
alter table sales_document_series drop constraint sales_document_series_pkey;

alter table sales_document disable trigger sales_document_stays;
alter table sales_document add column seller text;
update sales_document document set seller = orders.seller from orders where orders.id = document.order_id;
alter table sales_document alter column seller set not null;
alter table sales_document add primary key (seller, series, number);
alter table sales_document enable trigger sales_document_stays;

-- A counter begins with the first document of its seller. Those of before are the counters of whoever issued the documents.
alter table sales_document_series disable trigger series_only_counts;
alter table sales_document_series add column seller text;
update sales_document_series series set seller =
  coalesce((select document.seller from sales_document document order by document.entry_id limit 1), '');
delete from sales_document_series where seller = '';
alter table sales_document_series alter column seller set not null;
alter table sales_document_series add primary key (seller, series);
alter table sales_document_series enable trigger series_only_counts;
alter table sales_document add foreign key (seller, series) references sales_document_series (seller, series);

alter table credit_note_invoice disable trigger credit_note_invoice_stays;
alter table credit_note_invoice add column seller text;
update credit_note_invoice link set seller = document.seller from sales_document document
  where document.series = link.credit_note_series and document.number = link.credit_note;
alter table credit_note_invoice alter column seller set not null;
alter table credit_note_invoice drop constraint credit_note_invoice_pkey;
alter table credit_note_invoice add primary key (seller, credit_note, invoice);
alter table credit_note_invoice
  add foreign key (seller, credit_note_series, credit_note) references sales_document (seller, series, number),
  add foreign key (seller, invoice_series, invoice) references sales_document (seller, series, number);
alter table credit_note_invoice enable trigger credit_note_invoice_stays;

create or replace function number_sales_document() returns trigger language plpgsql as $$
begin
  select seller into new.seller from orders where id = new.order_id;
  insert into sales_document_series as counter (seller, series, last_number) values (new.seller, new.series, 1)
    on conflict (seller, series) do update set last_number = counter.last_number + 1
    returning last_number into new.number;
  return new;
end $$;
