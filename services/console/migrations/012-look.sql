-- Who of the staff looked at whom, and when: the id of an order, a case or a request, and nothing of what stood on the page.
create table look (
  id uuid primary key,                               -- version 7: sorts by time
  at timestamptz not null default now(),
  subject text not null,                             -- who looked, by the issuer's name for them
  what text not null,                                -- by which page
  about uuid not null
);
create index look_at on look (at);
create index look_by_subject on look (subject, id);
create index look_by_about on look (about, id);
-- What was written down stays as it was until it goes.
create function refuse_look_change() returns trigger language plpgsql as $$
begin
  raise exception 'look is only ever added to' using errcode = 'restrict_violation';
end $$;
create trigger look_stays before update on look for each row execute function refuse_look_change();
