-- Programs of the shop's own that are told what happened over HTTP, and what became of each event of theirs.
create table webhook_endpoint (
  id uuid primary key,
  url text not null,
  types text[],                                      -- events that it hears; null is all
  secrets jsonb not null,                            -- [{secret, until?}]: the first signs for good, the others until then
  cursor bigint not null,                            -- the number of the last event that was planned for it
  created_at timestamptz not null,
  created_by text not null,
  removed_at timestamptz
);

create table webhook_delivery (
  endpoint_id uuid not null references webhook_endpoint,
  pub_no bigint not null,
  event_id uuid not null,
  type text not null,
  about uuid not null,                               -- the order, or what else the event is about: delivered one after another
  status text not null default 'waiting' check (status in ('waiting', 'delivered', 'failed')),
  attempts int not null default 0,
  due_at timestamptz not null default clock_timestamp(),
  last_status int,
  last_error text,
  last_attempt_at timestamptz,
  delivered_at timestamptz,
  primary key (endpoint_id, pub_no)
);
create index webhook_delivery_due on webhook_delivery (due_at) where status = 'waiting';
create index webhook_delivery_waiting on webhook_delivery (endpoint_id, about, pub_no) where status = 'waiting';

-- What a receiver took is found by when it did; what waits, or was given up and may be sent again, is not deleted.
create index if not exists webhook_delivery_taken on webhook_delivery (delivered_at) where status = 'delivered';

create function webhook_delivery_stays() returns trigger language plpgsql as $$
begin
  raise exception 'a delivery that was not taken is not deleted' using errcode = 'restrict_violation';
end $$;
create trigger webhook_delivery_untaken_stays before delete on webhook_delivery
  for each row when (old.status <> 'delivered') execute function webhook_delivery_stays();
