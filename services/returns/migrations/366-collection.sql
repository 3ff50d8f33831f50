-- Where the seller collects the goods nobody waits for them: the refund is due as if they were here, and the case is not given up.
create or replace function case_of_withdrawal() returns trigger language plpgsql as $$
declare
  given_up timestamptz := case when not new.state ?| array['receivedAt', 'sentAt', 'refund', 'proof', 'collection']
    then (new.state ->> 'overdueAt')::timestamptz end;
  to_decide date := case when new.state ?| array['receivedAt', 'sentAt', 'collection'] and not new.state ?| array['refund', 'closed']
    then new.pay_by end;
begin
  insert into return_case (id, order_id, kind, status, awaits, awaits_since, due_on, pay_by, owed, refund_decided_at, opened_at, closed_at)
  values (new.id, new.order_id, 'withdrawal', new.status, new.awaits, new.awaits_since,
    coalesce((new.state #>> '{refund,dueOn}')::date, ((new.awaits_since + interval '2 days') at time zone 'Europe/Oslo')::date,
      (new.remind_from at time zone 'Europe/Oslo')::date, (new.believed_from at time zone 'Europe/Oslo')::date,
      ((new.state ->> 'sentAt')::timestamptz at time zone 'Europe/Oslo')::date + 21), to_decide,
    (new.state #>> '{refund,amount}')::bigint, (new.state #>> '{refund,decidedAt}')::timestamptz, new.declared_at,
    coalesce((new.state #>> '{closed,closedAt}')::timestamptz, given_up))
  on conflict (id) do update set status = excluded.status, awaits = excluded.awaits, awaits_since = excluded.awaits_since,
    due_on = excluded.due_on, pay_by = excluded.pay_by, owed = excluded.owed, refund_decided_at = excluded.refund_decided_at,
    closed_at = excluded.closed_at;
  return null;
end $$;
