-- An open case has a day on the work list: what waits with a carrier, for a belief or for its customer had none, sorted last and was not seen.
create or replace function case_of_withdrawal() returns trigger language plpgsql as $$
declare
  given_up timestamptz := case when not new.state ?| array['receivedAt', 'sentAt', 'refund', 'proof']
    then (new.state ->> 'overdueAt')::timestamptz end;
begin
  insert into return_case (id, order_id, kind, status, awaits, awaits_since, due_on, owed, opened_at, closed_at)
  values (new.id, new.order_id, 'withdrawal', new.status, new.awaits, new.awaits_since,
    coalesce((new.state #>> '{refund,dueOn}')::date, ((new.awaits_since + interval '2 days') at time zone 'Europe/Oslo')::date,
      (new.remind_from at time zone 'Europe/Oslo')::date, (new.believed_from at time zone 'Europe/Oslo')::date,
      ((new.state ->> 'sentAt')::timestamptz at time zone 'Europe/Oslo')::date + 21),
    (new.state #>> '{refund,amount}')::bigint, new.declared_at,
    coalesce((new.state #>> '{closed,closedAt}')::timestamptz, given_up))
  on conflict (id) do update set status = excluded.status, awaits = excluded.awaits, awaits_since = excluded.awaits_since,
    due_on = excluded.due_on, owed = excluded.owed, closed_at = excluded.closed_at;
  return null;
end $$;

-- Two weeks after what it waits for began, or after it was opened, where nobody says a day: so does the version before.
create function day_of_case() returns trigger language plpgsql as $$
begin
  new.due_on := coalesce(new.due_on, ((coalesce(new.awaits_since, new.opened_at) + interval '14 days') at time zone 'Europe/Oslo')::date);
  return new;
end $$;
create trigger return_case_day before insert or update on return_case
  for each row when (new.closed_at is null and new.due_on is null) execute function day_of_case();

update return set version = version where not state ? 'closed';
-- Customers who may choose are reminded from now on; the others have a day.
update return_case set look_from = remind.since, due_on = coalesce(due_on, (remind.since at time zone 'Europe/Oslo')::date)
  from (select id, ((coalesce(state ->> 'failedAt', state #>> '{assessment,assessedAt}')::timestamptz
    at time zone 'Europe/Oslo')::date + 15)::timestamp at time zone 'Europe/Oslo' as since from complaint) remind
  where remind.id = return_case.id and return_case.status = 'accepted' and return_case.look_from is null;
update return_case set due_on = due_on where closed_at is null and due_on is null;
alter table return_case add constraint return_case_open_has_day check (closed_at is not null or due_on is not null) not valid;
alter table return_case validate constraint return_case_open_has_day;
