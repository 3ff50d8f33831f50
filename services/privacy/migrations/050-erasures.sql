-- What holders were asked to erase: facts and ids only, kept for good, since what is restored from a backup is erased again by it.
create table erasure (
  id uuid primary key,
  controller text not null,
  version int not null,
  state jsonb not null,
  personal jsonb not null,                           -- who of the staff asked for it, and why
  asked_at timestamptz not null,
  answer_by timestamptz not null
);
create index erasure_newest on erasure (asked_at desc, id desc);
