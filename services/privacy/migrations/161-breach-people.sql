-- Whom a breach hit, by what a system of others holds of them: the system tells them, since no address is known here.
create table breach_person (
  breach_id uuid not null references breach,
  controller text not null,
  system text not null,
  subject text not null,                             -- keyed hash
  asked_by text not null,
  asked_at timestamptz not null,
  told_at timestamptz,
  primary key (breach_id, system, subject)
);
create index breach_person_untold on breach_person (system, asked_at) where told_at is null;
create index breach_person_asked on breach_person (asked_at);
