-- When a refund was decided stands with its case: the figures of ninety days took it out of the whole state of every one that was paid.
-- Of cases of before it is null, and still taken from there.
alter table return_case add column if not exists refund_decided_at timestamptz;
create or replace function case_of_withdrawal() returns trigger language plpgsql as $$
declare
  given_up timestamptz := case when not new.state ?| array['receivedAt', 'sentAt', 'refund', 'proof']
    then (new.state ->> 'overdueAt')::timestamptz end;
begin
  insert into return_case (id, order_id, kind, status, awaits, awaits_since, due_on, owed, refund_decided_at, opened_at, closed_at)
  values (new.id, new.order_id, 'withdrawal', new.status, new.awaits, new.awaits_since,
    coalesce((new.state #>> '{refund,dueOn}')::date, ((new.awaits_since + interval '2 days') at time zone 'Europe/Oslo')::date,
      (new.remind_from at time zone 'Europe/Oslo')::date, (new.believed_from at time zone 'Europe/Oslo')::date,
      ((new.state ->> 'sentAt')::timestamptz at time zone 'Europe/Oslo')::date + 21),
    (new.state #>> '{refund,amount}')::bigint, (new.state #>> '{refund,decidedAt}')::timestamptz, new.declared_at,
    coalesce((new.state #>> '{closed,closedAt}')::timestamptz, given_up))
  on conflict (id) do update set status = excluded.status, awaits = excluded.awaits, awaits_since = excluded.awaits_since,
    due_on = excluded.due_on, owed = excluded.owed, refund_decided_at = excluded.refund_decided_at, closed_at = excluded.closed_at;
  return null;
end $$;
