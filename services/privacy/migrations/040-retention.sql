-- What was found to be over, each time that there was any.
create table retention_run (
  id uuid primary key,
  controller text not null,
  ran_at timestamptz not null,
  holdings int not null,
  erasures int not null
);
create index retention_run_by_time on retention_run (controller, ran_at);

-- A dispute or an order of an authority: nothing of the person, or of the record, is erased until it is over (GDPR Art. 17(3)(e), 18(1)(c)).
create table data_hold (
  id uuid primary key,
  controller text not null,
  subject text,
  system text,
  record text,
  why text not null,
  set_by text not null,
  set_at timestamptz not null,
  ended_by text,
  ended_at timestamptz,
  constraint data_hold_is_of_a_person_or_a_record
    check ((subject is not null and system is null and record is null) or (subject is null and system is not null and record is not null)),
  constraint data_hold_is_ended_by_somebody check ((ended_at is null) = (ended_by is null))
);
create index data_hold_open on data_hold (controller) where ended_at is null;
