-- Forms that were sent, by the id that was minted with them: one that comes twice does nothing the second time.
create table form_sent (
  id text primary key,
  sent_at timestamptz not null default now()
);
create index form_sent_at on form_sent (sent_at);
