-- The documents of a mail go out as text and as PDF, each with its own hash; all of before went out as text.
alter table mail_document add column format text not null default 'text' check (format in ('text', 'pdf'));
alter table mail_document drop constraint mail_document_pkey;
alter table mail_document add primary key (mail_id, kind, locale, format);

-- When a customer is to be told that a promised day of delivery has passed; null: not until something else happens.
alter table orders add column delay_check_at timestamptz;
create index orders_by_delay_check on orders (delay_check_at) where delay_check_at is not null;
-- Orders of before are looked at once, and say from then on when they are to be.
update orders set delay_check_at = now() where status in ('formed', 'dispatched');
