-- Mails on a durable medium: the exact bytes that were sent stay as proof.
create table mail (
  id uuid primary key,
  about_id uuid not null,          -- the order or the return that it is about
  kind text not null,
  status text not null default 'queued' check (status in ('queued', 'accepted', 'rejected', 'bounced')),
  recipient text not null,
  message bytea,
  response text,
  created_at timestamptz not null,
  settled_at timestamptz
);
create index mail_by_about on mail (about_id);
