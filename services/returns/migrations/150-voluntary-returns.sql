-- Goods that customers send back by the offer of the terms (clause 9).
create table voluntary_return (
  id uuid primary key,
  order_id uuid not null,
  version int not null,
  state jsonb not null,
  personal jsonb not null
);
create index voluntary_return_by_order on voluntary_return (order_id, id);

-- Every case of a customer, whatever right it rests on: what it waits for, and by when. One row a case, kept beside its own row.
create table return_case (
  id uuid primary key,
  order_id uuid not null,
  kind text not null check (kind in ('withdrawal', 'voluntary-return', 'complaint')),
  status text not null,
  awaits text,                                       -- whose answer or work it waits for; null: nobody's
  awaits_since timestamptz,
  patience interval not null default '0',            -- how long they may take before a person is called
  look_from timestamptz,                             -- when time itself changes something
  due_on date,                                       -- last day to pay back or to answer
  opened_at timestamptz not null,
  closed_at timestamptz,
  constraint return_case_awaits_since check ((awaits is null) = (awaits_since is null))
);
create index return_case_by_order on return_case (order_id, id);
create index return_case_waiting on return_case (awaits_since) where awaits is not null;
create index return_case_by_look on return_case (look_from) where look_from is not null;
create index return_case_by_due on return_case (due_on) where closed_at is null and due_on is not null;

-- A withdrawal is a case whatever release writes it: a version of before works beside this one.
create function case_of_withdrawal() returns trigger language plpgsql as $$
begin
  insert into return_case (id, order_id, kind, status, awaits, awaits_since, due_on, opened_at, closed_at)
  values (new.id, new.order_id, 'withdrawal', new.status, new.awaits, new.awaits_since,
    (new.state #>> '{refund,dueOn}')::date, new.declared_at, (new.state #>> '{closed,closedAt}')::timestamptz)
  on conflict (id) do update set status = excluded.status, awaits = excluded.awaits, awaits_since = excluded.awaits_since,
    due_on = excluded.due_on, closed_at = excluded.closed_at;
  return null;
end $$;
create trigger withdrawal_is_a_case after insert or update on return for each row execute function case_of_withdrawal();
update return set version = version;
