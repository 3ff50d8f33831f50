-- Mails that ask whether a consent is meant. Whom to and of what is sealed, and gone once a mail server took it or its time is over;
-- what is left for an hour keeps the same from being asked twice.
create table consent_letter (
  id uuid primary key,
  about text not null unique,                        -- keyed hash, purpose and kind
  kind text not null check (kind in ('confirm', 'guardian')),
  sealed text,
  language text not null check (language in ('nb', 'en')),
  due_at timestamptz,                                -- null once it went out
  until timestamptz not null,
  tries integer not null default 0,
  failing_since timestamptz
);
create index consent_letter_due on consent_letter (due_at) where due_at is not null;
create index consent_letter_until on consent_letter (until);
