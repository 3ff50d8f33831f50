-- What the reactions of the tests do: one row per reaction, with nothing that would hide a second one.
create table effect (
  n bigint generated always as identity primary key,
  event_id uuid not null,
  aggregate_id uuid not null,
  aggregate_version int not null
);
