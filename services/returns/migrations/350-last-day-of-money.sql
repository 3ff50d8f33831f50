-- The last day to pay back stands with a case before its refund is decided: of one that is contested it was known to nobody but the rules.
-- Of cases of before it is filled by the version of now, in batches. What that of before has decided or rejected since leaves it as it was,
-- so it counts only while nothing is decided and goods or proof of sending are there.
alter table return add column if not exists pay_by date;
alter table return_case add column if not exists pay_by date;
create or replace function case_of_withdrawal() returns trigger language plpgsql as $$
declare
  given_up timestamptz := case when not new.state ?| array['receivedAt', 'sentAt', 'refund', 'proof']
    then (new.state ->> 'overdueAt')::timestamptz end;
  to_decide date := case when new.state ?| array['receivedAt', 'sentAt'] and not new.state ?| array['refund', 'closed'] then new.pay_by end;
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
-- In place of return_case_unpaid_in_order, which the version before reads.
create index if not exists return_case_owed_in_order on return_case ((coalesce(due_on, 'infinity'::date)), opened_at, id)
  where awaits in ('payment', 'refund') or pay_by is not null;
create index if not exists return_without_pay_by on return (id)
  where pay_by is null and awaits in ('inspection', 'assessment', 'verdict') and state ?| array['receivedAt', 'sentAt'];
