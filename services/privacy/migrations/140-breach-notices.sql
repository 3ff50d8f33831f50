-- Whom a breach hit, by their orders: each is written to once, at the address that orders has when its turn comes.
create table breach_notice (
  breach_id uuid not null references breach,
  order_id uuid not null,
  language text not null check (language in ('nb', 'en')),
  status text not null check (status in ('waiting', 'written', 'no-address')),
  asked_by text not null,
  due_at timestamptz,                                -- null once it was written, or nobody is left to write to
  tries integer not null default 0,
  failing_since timestamptz,
  primary key (breach_id, order_id),
  constraint breach_notice_waiting_is_due check ((status = 'waiting') = (due_at is not null))
);
create index breach_notice_due on breach_notice (due_at) where due_at is not null;
