-- What a case owes its customer once that is decided, in minor units: what is paid late owes interest on it.
alter table return_case add column owed bigint;
create or replace function case_of_withdrawal() returns trigger language plpgsql as $$
begin
  insert into return_case (id, order_id, kind, status, awaits, awaits_since, due_on, owed, opened_at, closed_at)
  values (new.id, new.order_id, 'withdrawal', new.status, new.awaits, new.awaits_since, (new.state #>> '{refund,dueOn}')::date,
    (new.state #>> '{refund,amount}')::bigint, new.declared_at, (new.state #>> '{closed,closedAt}')::timestamptz)
  on conflict (id) do update set status = excluded.status, awaits = excluded.awaits, awaits_since = excluded.awaits_since,
    due_on = excluded.due_on, owed = excluded.owed, closed_at = excluded.closed_at;
  return null;
end $$;
update return set version = version where state ? 'refund';
update return_case set owed = (state #>> '{refund,amount}')::bigint from voluntary_return
where voluntary_return.id = return_case.id and state ? 'refund';
update return_case set owed = (state #>> '{refund,amount}')::bigint from complaint
where complaint.id = return_case.id and state ? 'refund';
