-- The documents of a mail go out as text and as PDF, each with its own hash; all of before went out as text.
alter table mail_document add column format text not null default 'text' check (format in ('text', 'pdf'));
alter table mail_document drop constraint mail_document_pkey;
alter table mail_document add primary key (mail_id, kind, locale, format);
