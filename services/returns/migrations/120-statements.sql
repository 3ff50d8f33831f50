-- What customers said, as it came and when: the receipt that the law wants. Written before anything is decided, and never changed.
create table statement (
  id uuid primary key,
  order_id uuid,                                     -- null: which order is meant is to be found out
  channel text,
  sent_at timestamptz,                               -- when it was sent, if somebody saw that
  received_at timestamptz not null,                  -- when it reached the seller
  recorded_at timestamptz not null,                  -- when it was written down
  said jsonb not null,
  personal jsonb not null
);
create index statement_by_order on statement (order_id) where order_id is not null;
create index statement_by_email on statement (lower(personal ->> 'email'), recorded_at) where personal ? 'email';

create function refuse_change_of_statement() returns trigger language plpgsql as $$
begin
  raise exception 'A statement stays as it was made.';
end $$;
create trigger statement_stays before update of id, order_id, channel, sent_at, received_at, recorded_at, said on statement
  for each row execute function refuse_change_of_statement();
create trigger statement_is_not_deleted before delete on statement
  for each row execute function refuse_change_of_statement();
create trigger statement_is_kept before truncate on statement execute function refuse_change_of_statement();

-- What a statement comes to. Pending from the moment on at which it is kept: a watcher takes up what nobody answered.
create table statement_answer (
  statement_id uuid primary key references statement,
  status text not null check (status in ('pending', 'withdrawn', 'already-withdrawn', 'refused', 'unclear', 'set-aside')),
  due_from timestamptz not null,                     -- when the watcher takes it up
  order_id uuid,
  lines jsonb,                                       -- what a person found it to be about
  return_id uuid,
  refusal jsonb,
  answered_at timestamptz,
  clarified jsonb,                                   -- who found out what was meant, when, and in what words
  constraint statement_answer_is_answered check ((status = 'pending') = (answered_at is null))
);
create index statement_answer_pending on statement_answer (due_from) where status = 'pending';
create index statement_answer_unclear on statement_answer (answered_at) where status = 'unclear';
create index statement_answer_by_order on statement_answer (order_id) where order_id is not null;

-- A statement names its order by the number that the customer knows. A column of its own, so that only a new number touches the index.
alter table order_facts add column number text generated always as (facts ->> 'number') stored;
create index order_facts_by_number on order_facts (number) where number is not null;
