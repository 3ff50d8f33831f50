-- What follows of goods that never came back is decided and told: their case is over until somebody hears of them.
-- What waits for a person, or for another service, has a day on the work list too: without one it sorted last, and past a hundred cases was not seen.
create or replace function case_of_withdrawal() returns trigger language plpgsql as $$
declare
  given_up timestamptz := case when not new.state ?| array['receivedAt', 'sentAt', 'refund', 'proof']
    then (new.state ->> 'overdueAt')::timestamptz end;
begin
  insert into return_case (id, order_id, kind, status, awaits, awaits_since, due_on, owed, opened_at, closed_at)
  values (new.id, new.order_id, 'withdrawal', new.status, new.awaits, new.awaits_since,
    coalesce((new.state #>> '{refund,dueOn}')::date, ((new.awaits_since + interval '2 days') at time zone 'Europe/Oslo')::date,
      (new.remind_from at time zone 'Europe/Oslo')::date),
    (new.state #>> '{refund,amount}')::bigint, new.declared_at,
    coalesce((new.state #>> '{closed,closedAt}')::timestamptz, given_up))
  on conflict (id) do update set status = excluded.status, awaits = excluded.awaits, awaits_since = excluded.awaits_since,
    due_on = excluded.due_on, owed = excluded.owed, closed_at = excluded.closed_at;
  return null;
end $$;
update return set version = version where awaits is not null or state ? 'overdueAt';
