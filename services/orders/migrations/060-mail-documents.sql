-- The documents that went out with a mail, each with the hash of its text: what a customer was told is read from here.
create table mail_document (
  mail_id uuid not null references mail (id) on delete cascade,
  kind text not null check (kind in ('terms', 'withdrawal-form')),
  locale text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  primary key (mail_id, kind, locale)
);
