-- Mails about requests. Whom to and what they say is sealed, and gone once a mail server took it; that one went, and when, stays.
create table request_mail (
  id uuid primary key,
  about text not null unique,                        -- the request and the kind, or a keyed hash of whom nothing is known yet
  request_id uuid references request,                -- null of a mail by which somebody is to prove that an address is theirs
  kind text not null,
  sealed text,
  due_at timestamptz,                                -- null once it went out, or had its time
  until timestamptz not null,                        -- not sent after that
  sent_at timestamptz,
  tries integer not null default 0,
  failing_since timestamptz
);
create index request_mail_due on request_mail (due_at) where due_at is not null;
create index request_mail_of_nothing on request_mail (until) where request_id is null;
create index request_mail_of_request on request_mail (request_id) where request_id is not null;
