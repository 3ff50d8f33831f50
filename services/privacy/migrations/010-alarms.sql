-- What a person must look at: something of the service itself, such as its relay. One alarm of a kind is open about it at a time.
create table alarm (
  id uuid primary key,
  order_id uuid,                                     -- of an alarm about an order; none is raised here yet
  about text,
  kind text not null check (kind ~ '^[a-z]+(-[a-z]+)*$'),
  detail jsonb not null,                             -- facts for the person; never personal data, never credentials
  raised_at timestamptz not null,
  resolved_at timestamptz,
  resolved_by text,                                  -- who resolved it; null when its cause went away on its own
  resolution text,                                   -- what was done, or what the cause's end was
  constraint alarm_about_one check ((order_id is null) <> (about is null))
);
create unique index alarm_about_open_once on alarm (about, kind) where resolved_at is null and about is not null;
create index alarm_newest on alarm ((resolved_at is null) desc, id desc);
